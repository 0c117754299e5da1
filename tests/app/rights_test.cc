// F16: what the network says is read without root's rights.
#include "app/rights.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "support/files.h"
#include "support/temporary_folder.h"

namespace persist::app {
namespace {

using ::testing::HasSubstr;

const std::string passwd =
    "root:x:0:0:root:/root:/bin/bash\n"
    "broken:x:12\n"
    "wheel:x:77:0::/:/bin/sh\n"
    "dns:x:123:456::/nonexistent:/usr/sbin/nologin\n"
    "odd:x:-5:7::/:\n";

struct UserCase {
  std::string label, name, want;  ///< `user:group`, else the error
  friend void PrintTo(const UserCase& row, std::ostream* out) { *out << row.label; }
};

const UserCase users[] = {
    {"by_name", "dns", "123:456"},
    {"by_number", "123", "123:456"},
    {"number_without_a_line", "4000", "4000:4000"},
    {"unknown", "nobody-there", "no user \"nobody-there\" in /etc/passwd"},
    {"line_is_broken", "broken", "no user \"broken\" in /etc/passwd"},
    {"number_is_odd", "odd", "no user \"odd\" in /etc/passwd"},
    {"root", "root", "user \"root\" has root's rights"},
    {"root_by_number", "0", "user \"0\" has root's rights"},
    {"group_of_root", "wheel", "user \"wheel\" has root's rights"},
    {"beyond_32_bits", "4294967296", "no user \"4294967296\" in /etc/passwd"},
    {"hostile", "a\x1b[2J", "no user \"a\\x1b[2J\" in /etc/passwd"},
};

class Users : public ::testing::TestWithParam<UserCase> {};

TEST_P(Users, AreFound) {
  const auto rights = find_rights(GetParam().name, passwd);
  EXPECT_EQ(
      rights ? std::to_string(rights->user) + ":" + std::to_string(rights->group) : rights.error(),
      GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Users, ::testing::ValuesIn(users),
                         [](const auto& row) { return row.param.label; });

/// What becomes of work in a child.
struct Done {
  ExitStatus status;
  std::string out, err;
};

Done run(
    const NetworkWork& work, std::function<int()> signal = [] { return 0; }) {
  report::StringSink out;
  report::StringSink err;
  const ExitStatus status =
      run_without_rights(nobody, work, out, err, {.program = "test", .received_signal = signal});
  return {status, out.text(), err.text()};
}

class WithoutRights : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root, to have rights that can be given up";
  }
};

TEST_F(WithoutRights, F16_TheChildHasNone) {
  const Done done = run([](report::Sink& out, report::Sink&) {
    out.write(testing::read_file("/proc/self/status"));
    return ExitStatus::ok;
  });
  EXPECT_EQ(done.status, ExitStatus::ok);
  EXPECT_THAT(done.out, HasSubstr("Uid:\t65534\t65534\t65534\t65534\n"));
  EXPECT_THAT(done.out, HasSubstr("Gid:\t65534\t65534\t65534\t65534\n"));
  EXPECT_THAT(done.out, HasSubstr("\nGroups:\t \n"));
  EXPECT_THAT(done.out, HasSubstr("CapPrm:\t0000000000000000\n"));
  EXPECT_THAT(done.out, HasSubstr("CapEff:\t0000000000000000\n"));
  EXPECT_THAT(done.out, HasSubstr("NoNewPrivs:\t1\n"));
  EXPECT_EQ(::geteuid(), 0U);
}

TEST_F(WithoutRights, F16_TheChildWritesNowhere) {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "file";
  const Done done = run([&path](report::Sink& out, report::Sink&) {
    const bool is_open =
        ::open(path.c_str(), O_CREAT | O_WRONLY, 0600) >= 0 || ::open("/etc/shadow", O_RDONLY) >= 0;
    out.write(is_open ? "open" : "denied");
    return ExitStatus::ok;
  });
  EXPECT_EQ(done.out, "denied");
}

TEST_F(WithoutRights, TextsAndStatusArrive) {
  const std::string much(3'000'000, 'x');
  const Done done = run([&much](report::Sink& out, report::Sink& err) {
    err.write("a");
    out.write(much);
    err.write("");
    err.write(std::string("b\0c", 3));
    return ExitStatus::refused;
  });
  EXPECT_EQ(done.status, ExitStatus::refused);
  EXPECT_EQ(done.out, much);
  EXPECT_EQ(done.err, std::string("ab\0c", 4));
}

TEST_F(WithoutRights, AChildThatDiesIsNoAnswer) {
  const Done done = run([](report::Sink&, report::Sink&) {
    std::raise(SIGKILL);
    return ExitStatus::ok;
  });
  EXPECT_EQ(done.status, ExitStatus::unknown);
  EXPECT_EQ(done.err, "test: error: the process that asks DNS was ended by signal 9\n");
}

TEST_F(WithoutRights, AChildThatThrowsIsNoAnswer) {
  const Done done =
      run([](report::Sink&, report::Sink&) -> ExitStatus { throw std::runtime_error("odd"); });
  EXPECT_EQ(done.status, ExitStatus::unknown);
  EXPECT_EQ(done.err, "test: error: internal error: odd\n");
}

TEST_F(WithoutRights, AStatusOfOthersIsNoAnswer) {
  const Done done = run([](report::Sink&, report::Sink&) -> ExitStatus { ::_exit(77); });
  EXPECT_EQ(done.status, ExitStatus::unknown);
}

std::atomic<int> signal_of_test{0};

/// Signals the process as soon as something is written.
class SignallingSink final : public report::Sink {
 public:
  void write(std::string_view) override { ::kill(::getpid(), SIGTERM); }
};

TEST_F(WithoutRights, F06_ASignalIsHandedOn) {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int signal) { signal_of_test = signal; };
  ::sigaction(SIGTERM, &action, &before);
  sigset_t wanted;
  sigset_t mask;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGTERM);
  SignallingSink out;
  report::StringSink err;
  const ExitStatus status = run_without_rights(
      nobody,
      [&wanted, &mask](report::Sink& to_parent, report::Sink&) {
        sigprocmask(SIG_BLOCK, &wanted, &mask);
        to_parent.write("begun");
        int signal = 0;
        sigwait(&wanted, &signal);
        return signal == SIGTERM ? ExitStatus::refused : ExitStatus::unknown;
      },
      out, err, {.program = "test", .received_signal = [] { return signal_of_test.load(); }});
  ::sigaction(SIGTERM, &before, nullptr);
  EXPECT_EQ(status, ExitStatus::refused);
}

}  // namespace
}  // namespace persist::app
