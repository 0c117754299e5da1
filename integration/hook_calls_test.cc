// The built persist-hook below real processes: who called is read from the real /proc, and what
// follows a good check is a real program.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "integration/child_process.h"
#include "integration/fake_dns.h"
#include "support/files.h"
#include "support/temporary_folder.h"

namespace persist::integration {
namespace {

using ::testing::HasSubstr;

const std::string account_url = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890";

std::vector<std::string> environment_for(const FakeDns& server) {
  return {"PATH=/usr/bin:/bin", "PERSIST_HOOK_RESOLVER=" + server.address(),
          "PERSIST_HOOK_QUIET=true"};
}

void write_program(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
  ASSERT_EQ(::chmod(path.c_str(), 0755), 0);
}

CommandResult run_shell(const std::string& text, std::vector<std::string> environment) {
  return run_command({.program = "/bin/bash",
                      .arguments = {"bash", "-c", text},
                      .environment = std::move(environment)});
}

/// A script with the name of a client that calls its hook through a shell, as certbot does.
class Client {
 public:
  explicit Client(const std::string& name) : path_(folder_ / name) {
    write_program(path_, "#!/bin/sh\n/bin/sh -c \"$HOOK; exit \\$?\"\n");
  }
  CommandResult call(const std::string& arguments, const std::string& hook,
                     std::vector<std::string> environment) const {
    environment.push_back("HOOK=" + std::string(PERSIST_HOOK_PATH) + " " + hook);
    return run_shell(path_ + " " + arguments + "; exit $?", std::move(environment));
  }
  const testing::TemporaryFolder& folder() const { return folder_; }

 private:
  testing::TemporaryFolder folder_{};
  std::string path_;
};

/// certbot's folder with one account at Let's Encrypt and no certificate yet.
void write_account(const Client& client) {
  client.folder().write("le/accounts/acme-v02.api.letsencrypt.org/directory/0123/regr.json",
                        R"({"body": {}, "uri": ")" + account_url + R"("})");
}

TEST(HookCalls, FindsCertbotAboveAShell) {
  const FakeDns server;
  const Client certbot("certbot");
  write_account(certbot);
  const auto got = certbot.call("certonly --config-dir le -d ok.fault.test", "--certbot-abort none",
                                environment_for(server));
  // --config-dir is relative to certbot's folder, which is / here.
  EXPECT_EQ(got.status, "2");
  EXPECT_THAT(got.err, HasSubstr("no account URL of certbot"));
  EXPECT_TRUE(server.queries().empty());
  const auto found =
      certbot.call("certonly --config-dir " + (certbot.folder() / "le") + " -d ok.fault.test", "",
                   environment_for(server));
  EXPECT_EQ(found.status, "0") << found.err;
  EXPECT_EQ(found.out, "");
  EXPECT_FALSE(server.queries().empty());
}

TEST(HookCalls, ChecksWhatCertbotOrders) {
  const FakeDns server;
  const Client certbot("certbot");
  write_account(certbot);
  const auto got =
      certbot.call("certonly --config-dir=" + (certbot.folder() / "le") + " -d nodata.fault.test",
                   "certbot-pre --certbot-abort none", environment_for(server));
  EXPECT_EQ(got.status, "1");
  EXPECT_EQ(got.out, "");
  EXPECT_THAT(got.err, HasSubstr("nodata.fault.test: not authorised"));
  EXPECT_THAT(got.err, HasSubstr("publish: _validation-persist.nodata.fault.test."));
}

TEST(HookCalls, IsNotFooledByAnotherProgram) {
  const FakeDns server;
  const Client other("notcertbot");
  write_account(other);
  const auto got = other.call("certbot -d ok.fault.test", "", environment_for(server));
  EXPECT_EQ(got.status, "2");
  EXPECT_THAT(got.err, HasSubstr("no ACME client that is known calls"));
  EXPECT_TRUE(server.queries().empty());
}

TEST(HookCalls, C08_EndsWhenNobodyReads) {
  const FakeDns server;
  const auto got =
      run_shell("trap '' PIPE; exec 3> >(true); wait $!; " + std::string(PERSIST_HOOK_PATH) +
                    " check ok.fault.test --account-url " + account_url + " >&3",
                {"PATH=/usr/bin:/bin", "PERSIST_HOOK_RESOLVER=" + server.address()});
  EXPECT_EQ(got.status, "3");
  EXPECT_THAT(got.err, HasSubstr("the output could not be written: Broken pipe"));
}

TEST(HookCalls, F07_EndsByTheSignalWhereNobodyReads) {
  const FakeDns server;
  const auto got = run_shell("exec 3> >(true); wait $!; " + std::string(PERSIST_HOOK_PATH) +
                                 " check ok.fault.test --account-url " + account_url + " >&3",
                             {"PATH=/usr/bin:/bin", "PERSIST_HOOK_RESOLVER=" + server.address()});
  EXPECT_EQ(got.status, "141") << got.err;  // SIGPIPE
}

TEST(HookCalls, F02_SaysThatTheFileMayNotGrow) {
  const FakeDns server;
  const testing::TemporaryFolder folder;
  const auto got =
      run_shell("ulimit -f 0; exec " + std::string(PERSIST_HOOK_PATH) +
                    " check ok.fault.test --account-url " + account_url + " >" + folder / "report",
                {"PATH=/usr/bin:/bin", "PERSIST_HOOK_RESOLVER=" + server.address()});
  EXPECT_EQ(got.status, "3");
  EXPECT_THAT(got.err, HasSubstr("the output could not be written: File too large"));
}

#ifndef __SANITIZE_ADDRESS__
TEST(HookCalls, F09_WithLittleMemoryItSaysSo) {
  const FakeDns server;
  const std::string check = " check ok.fault.test --account-url " + account_url;
  for (const int kib : {65'536, 262'144}) {
    const auto got =
        run_shell("ulimit -v " + std::to_string(kib) + "; exec " + PERSIST_HOOK_PATH + check,
                  environment_for(server));
    EXPECT_EQ(got.status, "0") << kib << " KiB: " << got.err;
  }
  // From what is too little to be loaded up to what is enough: never "not there".
  for (int kib = 4'000; kib < 16'000; kib += 400) {
    const auto got =
        run_shell("ulimit -v " + std::to_string(kib) + "; exec " + PERSIST_HOOK_PATH + check,
                  environment_for(server));
    EXPECT_NE(got.status, "1") << kib << " KiB: " << got.err;
    EXPECT_NE(got.status, "2") << kib << " KiB: " << got.err;
  }
}
#endif

TEST(HookCalls, S03_RightsGivenUpDoNotKeepItFromStoppingCertbot) {
  if (::getuid() != 0) GTEST_SKIP() << "needs root, to have rights that can be given up";
  const FakeDns server;
  const Client certbot("certbot");
  write_account(certbot);
  const std::string line = "certonly --config-dir=" + (certbot.folder() / "le") + " -d ";
  auto environment = environment_for(server);
  const auto stopped =
      certbot.call(line + "nodata.fault.test", "certbot-pre --certbot-abort run", environment);
  EXPECT_EQ(stopped.status, "130") << stopped.err;  // certbot died of SIGINT
  const auto kept =
      certbot.call(line + "ok.fault.test", "certbot-pre --certbot-abort run", environment);
  EXPECT_EQ(kept.status, "0") << kept.err;
}

TEST(HookCalls, C11_FiftyAtOnce) {
  const FakeDns server;
  auto environment = environment_for(server);
  environment.push_back("PERSIST_HOOK_ACCOUNT_URL=" + account_url);
  const Command command{.program = PERSIST_HOOK_PATH,
                        .arguments = {"persist-hook", "generate_csr", "x", "/nonexistent",
                                      "ok.fault.test nodata.fault.test servfail.fault.test"},
                        .environment = environment};
  const CommandResult alone = run_command(command);
  EXPECT_EQ(alone.status, "1");
  std::vector<CommandResult> results(50);
  std::vector<std::thread> threads;
  for (CommandResult& result : results) {
    threads.emplace_back([&result, &command] { result = run_command(command); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const CommandResult& result : results) {
    EXPECT_EQ(result.status, alone.status);
    EXPECT_EQ(result.out, alone.out);
    EXPECT_EQ(result.err, alone.err);
  }
}

TEST(HookCalls, E11_RefusesTheSetuidBit) {
  if (::getuid() != 0) GTEST_SKIP() << "needs root to give a file away";
  const testing::TemporaryFolder folder;
  const std::string copy = folder / "persist-hook";
  std::filesystem::copy_file(PERSIST_HOOK_PATH, copy);
  ASSERT_EQ(::chown(copy.c_str(), 65534, 65534), 0);
  ASSERT_EQ(::chmod(copy.c_str(), 04755), 0);
  const auto got = run_command({.program = copy,
                                .arguments = {"persist-hook", "--version"},
                                .environment = {"PATH=/usr/bin:/bin"}});
#ifdef __SANITIZE_ADDRESS__
  EXPECT_NE(got.status, "0");  // the leak checker fails in such a process, and says so
#else
  EXPECT_EQ(got.status, "2");
#endif
  EXPECT_EQ(got.out, "");
  EXPECT_THAT(got.err, ::testing::StartsWith("persist-hook: error: it must not have the setuid or "
                                             "setgid bit or capabilities\n"));
}

TEST(HookCalls, E11_WorksWithoutRoot) {
  if (::getuid() != 0) GTEST_SKIP() << "is without root already";
  const FakeDns server;
  // A folder into which another user may look, unlike that of the build.
  const testing::TemporaryFolder folder;
  folder.set_mode("", 0755);
  const std::string copy = folder / "persist-hook";
  std::filesystem::copy_file(PERSIST_HOOK_PATH, copy);
  auto environment = environment_for(server);
  environment.push_back("PERSIST_HOOK_ACCOUNT_URL=" + account_url);
  const auto got = run_shell("setpriv --reuid 65534 --regid 65534 --clear-groups " + copy +
                                 " generate_csr x /nonexistent ok.fault.test",
                             environment);
  EXPECT_EQ(got.status, "0") << got.err;
}

/// The users, sorted, as whom a program and its children ran: `real effective saved file`.
std::string users_of(const std::string& command, const std::vector<std::string>& environment) {
  return run_shell(
             command +
                 " >/dev/null 2>&1 & pid=$!; while kill -0 $pid 2>/dev/null; do "
                 "cat /proc/$pid/status /proc/$pid/task/$pid/children 2>/dev/null; "
                 "for child in $(cat /proc/$pid/task/$pid/children); do cat "
                 "/proc/$child/status; done 2>/dev/null; done | sed -n 's/^Uid:\t//p' | sort -u",
             environment)
      .out;
}

TEST(HookCalls, F16_AsksDnsWithoutRootsRights) {
  if (::getuid() != 0) GTEST_SKIP() << "is without root already";
  const FakeDns server;
  const std::string nobody = "65534\t65534\t65534\t65534\n";
  const std::string root = "0\t0\t0\t0\n";
  const std::string names = " silent.fault.test --timeout 1s --account-url " + account_url;
  const auto environment = environment_for(server);
  const std::string hook = PERSIST_HOOK_PATH;
  EXPECT_THAT(users_of(hook + " check" + names, environment), ::testing::EndsWith(nobody));
  EXPECT_EQ(users_of(hook + " exec" + names + " -- true", environment), root + nobody);
  EXPECT_EQ(users_of(hook + " exec" + names + " --no-drop -- true", environment), root);
}

/// A program that nobody but root may change, below folders of which the same is true.
class OwnProgram {
 public:
  explicit OwnProgram(const std::string& text) {
    std::string name = "/var/lib/persist_calls_XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) return;
    folder_ = name;
    write_program(path(), text);
  }
  OwnProgram(const OwnProgram&) = delete;
  OwnProgram& operator=(const OwnProgram&) = delete;
  ~OwnProgram() {
    if (is_there()) std::filesystem::remove_all(folder_);
  }
  bool is_there() const { return !folder_.empty(); }
  std::string path() const { return folder_ + "/program"; }

 private:
  std::string folder_{};
};

TEST(HookCalls, S05_HandsOnEverything) {
  const FakeDns server;
  const OwnProgram program(
      "#!/bin/sh\nprintf '[%s]' \"$@\"\necho \" $OTHER\"\ncat\ngrep SigIgn /proc/$$/status\nexit "
      "7\n");
  if (!program.is_there()) GTEST_SKIP() << "/var/lib is not ours";
  auto environment = environment_for(server);
  environment.push_back("PERSIST_HOOK_ACCOUNT_URL=" + account_url);
  environment.push_back("PERSIST_HOOK_NO_WILDCARD=true");
  environment.push_back("PERSIST_HOOK_THEN=" + program.path());
  environment.push_back("OTHER=value");
  const std::string call = std::string("trap '' INT; echo input | ") + PERSIST_HOOK_PATH;
  const auto got = run_shell(call + " present -- ok.fault.test -t 't.k k'", environment);
  EXPECT_EQ(got.status, "7") << got.err;
  EXPECT_THAT(got.out, HasSubstr("[present][--][ok.fault.test][-t][t.k k] value\ninput\n"));
  // SIGINT is ignored as it was for us, SIGTERM is not.
  EXPECT_THAT(got.out, HasSubstr("0000002\n"));
  const std::size_t asked = server.queries().size();
  const auto cleanup = run_shell(call + " cleanup -- ok.fault.test -t 't.k k'", environment);
  EXPECT_EQ(cleanup.status, "7");
  EXPECT_EQ(server.queries().size(), asked);
}

TEST(HookCalls, C03_LeavesNoProcessBehindAndTakesSignals) {
  const FakeDns server;
  const auto got = run_shell(
      std::string(PERSIST_HOOK_PATH) + " exec ok.fault.test --account-url " + account_url +
          " -- sh -c 'echo $$; kill -TERM $$' & wait $!; code=$?; echo $!; exit $code",
      environment_for(server));
  EXPECT_EQ(got.status, "143");
  const std::size_t line = got.out.find('\n');
  ASSERT_NE(line, std::string::npos);
  // The command is the very process that was started.
  EXPECT_EQ(got.out, got.out.substr(0, line + 1) + got.out.substr(0, line + 1));
}

}  // namespace
}  // namespace persist::integration
