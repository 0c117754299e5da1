// An independent reader, kdig, on what fake_dns sends, and the program around the server.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "integration/child_process.h"
#include "integration/fake_dns.h"
#include "integration/words.h"

namespace persist::integration {
namespace {

constexpr const char* kdig = "/usr/bin/kdig";

/// Answer section as kdig shows it, blanks made single and none left at the end of a line.
std::string ask_kdig(std::uint16_t port, const std::string& name, const std::string& type) {
  const CommandResult result =
      run_command({.program = kdig,
                   .arguments = {"kdig", "@127.0.0.1", "-p", std::to_string(port), "+edns",
                                 "+noall", "+answer", "+timeout=5", "+retry=0", name, type},
                   .environment = {"LC_ALL=C"}});
  std::string text;
  for (const char c : result.out) {
    const char one = c == '\t' ? ' ' : c;
    if (one != ' ' || !text.ends_with(' ')) text += one;
  }
  return replace_all(std::move(text), " \n", "\n");
}

struct Case {
  std::string name;
  std::string owner;
  std::string type;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"split", "split.fault.test", "TXT",
     "split.fault.test. 300 IN TXT \"letsencrypt.org; acco\" "
     "\"unturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890\"\n"},
    {"split_utf8", "split-utf8.fault.test", "TXT",
     "split-utf8.fault.test. 300 IN TXT \"letsencrypt.org; "
     "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890; note=gr\\195\" "
     "\"\\188n\"\n"},
    {"cname", "_validation-persist.cname.fault.test", "TXT",
     "_validation-persist.cname.fault.test. 300 IN CNAME target.ok.fault.test.\n"
     "target.ok.fault.test. 300 IN TXT \"letsencrypt.org; "
     "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890\"\n"},
    {"cname_loop", "cname-loop.fault.test", "TXT",
     "cname-loop.fault.test. 300 IN CNAME other.cname-loop.fault.test.\n"
     "other.cname-loop.fault.test. 300 IN CNAME cname-loop.fault.test.\n"},
    {"cname_steps", "cname-steps-2.fault.test", "TXT",
     "cname-steps-2.fault.test. 300 IN CNAME at.cname-steps-1.fault.test.\n"},
    {"cname_chain", "cname-chain-2.fault.test", "TXT",
     "cname-chain-2.fault.test. 300 IN CNAME step-2.chain.fault.test.\n"
     "step-2.chain.fault.test. 300 IN CNAME step-1.chain.fault.test.\n"
     "step-1.chain.fault.test. 300 IN TXT \"letsencrypt.org; "
     "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890\"\n"},
    {"cname_nxdomain", "cname-nxdomain.fault.test", "TXT",
     "cname-nxdomain.fault.test. 300 IN CNAME target.nxdomain.fault.test.\n"},
    {"dname", "_validation-persist.dname.fault.test", "TXT",
     "dname.fault.test. 300 IN DNAME ok.fault.test.\n"
     "_validation-persist.dname.fault.test. 300 IN CNAME _validation-persist.ok.fault.test.\n"
     "_validation-persist.ok.fault.test. 300 IN TXT \"letsencrypt.org; "
     "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890\"\n"},
    {"mode_is_for_txt", "ok.fault.test", "CAA", ""},
    {"zone_escapes", "a.example.com", "TXT",
     "a.example.com. 300 IN TXT \"x y\\000z\" \"second \\\"q\\\"\"\n"},
    {"zone_long_string", "long.example.com", "TXT",
     "long.example.com. 300 IN TXT \"" + std::string(255, 'a') + "\" \"a\"\n"},
    {"zone_caa", "a.example.com", "CAA",
     "a.example.com. 300 IN CAA 0 issue \"letsencrypt.org; validationmethods=dns-01\"\n"},
    {"zone_unknown_type", "g.example.com", "CAA", "g.example.com. 300 IN CAA 0 issue \"\"\n"},
    {"zone_alias", "c.example.com", "TXT",
     "c.example.com. 300 IN CNAME G.example.com.\n"
     "G.example.com. 300 IN TXT \"letsencrypt.org\"\n"},
    {"zone_mode", "b.example.com", "TXT", "b.example.com. 300 IN CNAME target.ok.fault.test.\n"},
    {"zone_beats_mode", "ok.fault.test", "NS", "ok.fault.test. 300 IN NS ns.fault.test.\n"},
};

FakeDnsOptions options_with_zone() {
  FakeDnsOptions options;
  for (const std::string& line : {
           std::string("# a comment"),
           std::string(R"(a.example.com TXT "x y\000z" "second \"q\"")"),
           "long.example.com TXT " + std::string(256, 'a'),
           std::string(R"(a.example.com CAA 0 issue "letsencrypt.org; validationmethods=dns-01")"),
           std::string("c.example.com CNAME G.example.com"),
           std::string("g.example.com TXT letsencrypt.org"),
           std::string(R"(g.example.com TYPE257 \# 7 00056973 737565)"),
           std::string("b.example.com MODE cname-partial"),
           std::string("ok.fault.test NS ns.fault.test"),
       }) {
    EXPECT_EQ(options.zone.add_line(line), "") << line;
  }
  return options;
}

class FakeDnsReader : public testing::TestWithParam<Case> {};

TEST_P(FakeDnsReader, KdigSees) {
  if (!std::filesystem::exists(kdig)) GTEST_SKIP() << "needs kdig";
  const FakeDns server(options_with_zone());
  EXPECT_EQ(ask_kdig(server.port(), GetParam().owner, GetParam().type), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Answers, FakeDnsReader, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(FakeDnsZone, SaysWhatIsWrongWithALine) {
  Zone zone;
  EXPECT_EQ(zone.add_line("example.com TXT"),
            "zone line needs an owner, a type and data: example.com TXT");
  for (const char* line :
       {"example.com MX mail", "example.com CAA issue x", "example.com CNAME a b",
        "example.com TYPE257 \\# 3 00", "example.com CAA 300 issue x"}) {
    EXPECT_EQ(zone.add_line(line), "bad type or data in zone line: " + std::string(line));
  }
}

std::string read_text(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The program, started with its stdin and stdout at our pipes.
struct Running {
  pid_t child = 0;
  FileDescriptor stdin_end, stdout_end;
};

Running start(const std::vector<std::string>& words) {
  int in[2], out[2];
  checked(::pipe2(in, O_CLOEXEC), "pipe2");
  checked(::pipe2(out, O_CLOEXEC), "pipe2");
  FileDescriptor child_in(in[0]), child_out(out[1]);
  Running running{.stdin_end = FileDescriptor(in[1]), .stdout_end = FileDescriptor(out[0])};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, child_in.get(), 0);
  ::posix_spawn_file_actions_adddup2(&actions, child_out.get(), 1);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  EXPECT_EQ(
      ::posix_spawn(&running.child, FAKE_DNS_PATH, &actions, nullptr, arguments.data(), environ),
      0);
  ::posix_spawn_file_actions_destroy(&actions);
  return running;
}

int wait_for(const Running& running) {
  int status = -1;
  ::waitpid(running.child, &status, 0);
  return status;
}

std::uint16_t port_of(const Running& running) {
  char line[64] = {};
  EXPECT_GT(::read(running.stdout_end.get(), line, sizeof line - 1), 0);
  unsigned port = 0;
  EXPECT_EQ(std::sscanf(line, "port %u\n", &port), 1) << line;
  return static_cast<std::uint16_t>(port);
}

TEST(FakeDnsProgram, EndsOnSigtermAndWritesItsLog) {
  if (!std::filesystem::exists(kdig)) GTEST_SKIP() << "needs kdig";
  const std::string folder = testing::TempDir();
  const std::string zone = folder + "fake_dns_zone", log = folder + "fake_dns_log";
  const std::string value = folder + "fake_dns_value";
  std::ofstream(zone) << "a.example.com TXT \"from the file\"\n";
  std::ofstream(value) << "61 62\n63\n";
  const Running running = start(
      {"fake_dns", "--zone", zone, "--log", log, "--value", "abc=" + value, "--good", "fine"});
  const std::uint16_t port = port_of(running);
  EXPECT_EQ(ask_kdig(port, "a.example.com", "TXT"),
            "a.example.com. 300 IN TXT \"from the file\"\n");
  EXPECT_EQ(ask_kdig(port, "file-abc.fault.test", "TXT"),
            "file-abc.fault.test. 300 IN TXT \"abc\"\n");
  EXPECT_EQ(ask_kdig(port, "ok.fault.test", "TXT"), "ok.fault.test. 300 IN TXT \"fine\"\n");
  ::kill(running.child, SIGTERM);
  EXPECT_EQ(wait_for(running), 0);
  EXPECT_THAT(read_text(log), testing::MatchesRegex("[0-9]+ udp TXT a\\.example\\.com\\.\n"
                                                    "[0-9]+ udp TXT file-abc\\.fault\\.test\\.\n"
                                                    "[0-9]+ udp TXT ok\\.fault\\.test\\.\n"));
  for (const std::string& path : {zone, log, value}) std::filesystem::remove(path);
}

TEST(FakeDnsProgram, EndsWithItsStdin) {
  Running running = start({"fake_dns"});
  port_of(running);
  running.stdin_end.reset();
  EXPECT_EQ(wait_for(running), 0);
}

TEST(FakeDnsProgram, RefusesUnknownFlags) {
  const CommandResult result = run_command(
      {.program = FAKE_DNS_PATH, .arguments = {"fake_dns", "--no-such", "x"}, .environment = {}});
  EXPECT_EQ(result.status, "2");
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, testing::StartsWith("fake_dns: unknown flag: --no-such\nusage: "));
}

}  // namespace
}  // namespace persist::integration
