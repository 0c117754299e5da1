#include "integration/scenario.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "integration/words.h"

namespace persist::integration {
namespace {

using Words = std::vector<std::string>;

TEST(SplitCommand, CutsAsAShellDoes) {
  EXPECT_EQ(split_command("a  b"), (Words{"a", "b"}));
  EXPECT_EQ(split_command(R"('a b' "c d" e\ f)"), (Words{"a b", "c d", "e f"}));
  EXPECT_EQ(split_command(R"('' "" x'y'"z")"), (Words{"", "", "xyz"}));
  EXPECT_EQ(split_command(R"('a\b' "a\"b")"), (Words{"a\\b", "a\"b"}));
  EXPECT_EQ(split_command("$(id) * `id` | ;"), (Words{"$(id)", "*", "`id`", "|", ";"}));
  EXPECT_EQ(split_command("'open"), std::nullopt);
  EXPECT_EQ(split_command(""), Words{});
}

TEST(ExpandRepeats, CopiesAndCounts) {
  EXPECT_EQ(expand_repeats("a{repeat 3 ; p{#}=1}b"), "a; p1=1; p2=1; p3=1b");
  EXPECT_EQ(expand_repeats("{repeat 2 x}{repeat 0 y}{repeat 2 z}"), "xxzz");
  EXPECT_EQ(expand_repeats("{dns} {repeat two x} {repeat 2"), "{dns} {repeat two x} {repeat 2");
}

TEST(ReplaceWhole, LeavesPiecesOfNumbersAlone) {
  EXPECT_EQ(replace_whole("56789, 1.2.3.4:56789/x: 1234567890 567890 456789", "56789", "{p}"),
            "{p}, 1.2.3.4:{p}/x: 1234567890 567890 456789");
  EXPECT_EQ(replace_whole("at 1.2.3.4:56 and 1.2.3.4:567", "1.2.3.4:56", "{a}"),
            "at {a} and 1.2.3.4:567");
  EXPECT_EQ(replace_whole("/tmp/a/b /tmp/a", "/tmp/a", "{folder}"), "{folder}/b {folder}");
}

TEST(ParseScenario, ReadsEveryKeyword) {
  const auto [scenario, error] = parse_scenario(
      "# title\n"
      "server: tcp=off seed=7\n"
      "server second: mode=silent\n"
      "zone: a.example.com TXT \"x\"\n"
      "value big: {repeat 3 a}\\000\n"
      "file list.yaml:\n"
      "| version: 1\n"
      "|\n"
      "|   - {repeat 2 b}\n"
      "env: LC_ALL=C\n"
      "closed: stdin stderr\n"
      "stdout: /dev/full\n"
      "mount: {tmp}/resolv.conf /etc/resolv.conf\n"
      "run: persist-hook check 'a b' --resolver {dns}\n"
      "status: 3\n"
      "within: 2500ms\n"
      "queries: 2\n"
      "queries second: 0\n"
      "query-log: contains udp TXT a.\n"
      "query-log second: lacks CAA\n"
      "query-log: well-formed\n"
      "expect stdout:\n"
      "| {repeat 2 c}\n"
      "expect stderr:\n");
  ASSERT_EQ(error, "");
  ASSERT_EQ(scenario.servers.size(), 2U);
  EXPECT_FALSE(scenario.servers[0].options.tcp);
  EXPECT_EQ(scenario.servers[0].options.seed, 7U);
  EXPECT_TRUE(scenario.servers[0].options.zone.find(wire_name("a.example.com"), 16).exists);
  EXPECT_EQ(scenario.servers[0].options.values.at("big"), (Octets{'a', 'a', 'a', 0}));
  EXPECT_EQ(scenario.servers[1].name, "second");
  EXPECT_EQ(scenario.servers[1].options.default_mode, "silent");
  ASSERT_EQ(scenario.files.size(), 1U);
  EXPECT_EQ(scenario.files[0].text, "version: 1\n\n  - bb\n");
  EXPECT_EQ(scenario.environment, Words{"LC_ALL=C"});
  EXPECT_TRUE(scenario.descriptors[0].closed);
  EXPECT_EQ(scenario.descriptors[1].path, "/dev/full");
  EXPECT_TRUE(scenario.descriptors[2].closed);
  EXPECT_EQ(scenario.mount->target, "/etc/resolv.conf");
  EXPECT_EQ(scenario.command, (Words{"persist-hook", "check", "a b", "--resolver", "{dns}"}));
  EXPECT_EQ(scenario.status, "3");
  EXPECT_EQ(scenario.within, std::chrono::milliseconds(2500));
  EXPECT_EQ(scenario.log_checks.size(), 5U);
  EXPECT_EQ(scenario.out, "{repeat 2 c}\n");
  EXPECT_EQ(scenario.err, "");
}

TEST(ParseScenario, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "no run line"},
      {"run: persist-hook\n", "no status line"},
      {"run: 'x\n", "line 1: no command, or an open quote"},
      {"\nruns: x\n", "line 2: unknown keyword runs"},
      {"| text\n", "line 1: text that belongs to no block"},
      {"expect stdin:\n", "line 1: expected stdout or stderr"},
      {"query-log: contains\n", "line 1: expected contains TEXT, lacks TEXT or well-formed"},
      {"within: 5\n", "line 1: expected a number of ms or s"},
      {"server: tcp=on\n", "line 1: expected tcp=off, mode=NAME or seed=N, found tcp=on"},
      {"zone: a TXT\n", "line 1: zone line needs an owner, a type and data: a TXT"},
      {"closed: stdlog\n", "line 1: expected stdin, stdout or stderr, found stdlog"},
  };
  for (const auto& [text, error] : cases) EXPECT_EQ(parse_scenario(text).error, error) << text;
}

TEST(WithOutput, ReplacesOnlyTheExpectedOutput) {
  const std::string head = "# title\nrun: x\nstatus: 0\n\n";
  const std::string old = head + "expect stdout:\n| old\nexpect stderr:\n| old\n";
  const std::string want = head + "expect stdout:\n| a\n|\n| | b\nexpect stderr:\n";
  EXPECT_EQ(with_output(old, "a\n\n| b\n", ""), want);
  EXPECT_EQ(with_output(head, "a\n\n| b\n", ""), want);
  EXPECT_EQ(parse_scenario(want).scenario.out, "a\n\n| b\n");
}

Command shell(const std::string& script) {
  return {.program = "/bin/sh", .arguments = {"sh", "-c", script}, .environment = {"A=b"}};
}

TEST(RunCommand, ReturnsOutputAndStatus) {
  const CommandResult result = run_command(shell("pwd; echo $A >&2; cat; exit 7"));
  EXPECT_EQ(result.status, "7");
  EXPECT_EQ(result.out, "/\n");
  EXPECT_EQ(result.err, "b\n");
}

TEST(RunCommand, TellsDeathBySignal) {
  EXPECT_EQ(run_command(shell("kill -15 $$")).status, "signal 15");
}

TEST(RunCommand, KillsTheWholeGroupAtTheLimit) {
  Command command = shell("echo begun; sleep 600 & sleep 600");
  command.limit = std::chrono::milliseconds(300);
  const CommandResult result = run_command(command);
  EXPECT_EQ(result.status, "killed after the time limit");
  EXPECT_EQ(result.out, "begun\n");
}

TEST(RunCommand, RedirectsToAPath) {
  Command command = shell("echo x");
  command.descriptors[1].path = "/dev/full";
  const CommandResult result = run_command(command);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "sh: 1: echo: echo: I/O error\n");
}

TEST(RunCommand, ClosesDescriptors) {
  const std::string script = "for n in 0 1 2; do test -e /proc/$$/fd/$n || echo $n >>";
  const std::string path = testing::TempDir() + "closed_descriptors_test";
  Command command = shell(script + path + "; done");
  for (Redirection& redirection : command.descriptors) redirection.closed = true;
  run_command(command);
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "0\n1\n2\n");
  std::filesystem::remove(path);
}

TEST(RunCommand, SaysWhyItCannotStart) {
  const CommandResult result =
      run_command({.program = "/no/such/program", .arguments = {"program"}, .environment = {}});
  EXPECT_EQ(result.status, "126");
  EXPECT_EQ(result.err, "/no/such/program: No such file or directory\n");
}

TEST(RunCommand, BindMountIsSeenByTheChildOnly) {
  if (!can_bind_mount()) GTEST_SKIP() << "needs a mount namespace";
  const std::string path = testing::TempDir() + "bind_mount_test";
  std::ofstream(path) << "ours\n";
  Command command = shell("cat /etc/resolv.conf");
  command.mount = BindMount{.source = path, .target = "/etc/resolv.conf"};
  EXPECT_EQ(run_command(command).out, "ours\n");
  EXPECT_NE(run_command(shell("cat /etc/resolv.conf")).out, "ours\n");
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace persist::integration
