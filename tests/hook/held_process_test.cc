#include "hook/held_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>

namespace persist::hook {
namespace {

volatile std::sig_atomic_t signals_received = 0;

/// True where the system lets a child look into its parent.
bool may_look_into_parent() {
  std::ifstream file("/proc/sys/kernel/yama/ptrace_scope");
  int scope = 0;
  file >> scope;
  return geteuid() == 0 || !file || scope == 0;
}

/// Runs in a child of this process; its result is what `body` returns.
bool in_child(const std::function<bool()>& body) {
  const pid_t child = fork();
  if (child == 0) _exit(body() ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// A file that is the standard error of this process while the object lives.
class StandardErrorIn {
 public:
  StandardErrorIn(std::string path, int flags)
      : path_(std::move(path)), before_(dup(STDERR_FILENO)) {
    const int file = open(path_.c_str(), flags, 0600);
    dup2(file, STDERR_FILENO);
    close(file);
  }
  ~StandardErrorIn() {
    dup2(before_, STDERR_FILENO);
    close(before_);
  }
  StandardErrorIn(const StandardErrorIn&) = delete;
  StandardErrorIn& operator=(const StandardErrorIn&) = delete;

  std::string text() const {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }

 private:
  std::string path_;
  int before_;
};

class HeldProcessTest : public ::testing::Test {
 protected:
  void TearDown() override { unlink(path_.c_str()); }
  const std::string path_ = ::testing::TempDir() + "held_process_" + std::to_string(getpid());
  const std::optional<Process> self_ = ProcessTree().self();
};

bool write_as_child(const Process& parent, std::string_view text) {
  close(STDERR_FILENO);
  const auto held = HeldProcess::hold(parent);
  return held && held->write_to_standard_error(text);
}

// C02: the client's standard error is a plain file, which it goes on to write.
TEST_F(HeldProcessTest, C02_TextStandsBetweenWhatTheClientWrites) {
  if (!may_look_into_parent())
    GTEST_SKIP() << "ptrace_scope keeps children from their parents' descriptors";
  const StandardErrorIn file(path_, O_WRONLY | O_CREAT | O_TRUNC);
  ASSERT_EQ(write(STDERR_FILENO, "before\n", 7), 7);
  EXPECT_TRUE(in_child([&] { return write_as_child(*self_, "blocked\n"); }));
  ASSERT_EQ(write(STDERR_FILENO, "after\n", 6), 6);
  EXPECT_EQ(file.text(), "before\nblocked\nafter\n");
}

TEST_F(HeldProcessTest, S02_NeverWritesWhereTheClientMayOnlyRead) {
  std::ofstream(path_) << "root's own\n";
  const StandardErrorIn file(path_, O_RDONLY);
  EXPECT_FALSE(in_child([&] { return write_as_child(*self_, "injected\n"); }));
  EXPECT_EQ(file.text(), "root's own\n");
}

TEST_F(HeldProcessTest, GivesUpOnAPipeThatNobodyEmpties) {
  if (!may_look_into_parent())
    GTEST_SKIP() << "ptrace_scope keeps children from their parents' descriptors";
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int before = dup(STDERR_FILENO);
  dup2(ends[1], STDERR_FILENO);
  EXPECT_FALSE(in_child([&] { return write_as_child(*self_, std::string(1 << 20, 'x')); }));
  dup2(before, STDERR_FILENO);
  for (const int descriptor : {ends[0], ends[1], before}) close(descriptor);
}

TEST_F(HeldProcessTest, SignalsAnAncestor) {
  signals_received = 0;
  std::signal(SIGUSR1, [](int) { signals_received = signals_received + 1; });
  EXPECT_TRUE(in_child([&] {
    const auto held = HeldProcess::hold(*self_);
    return held && held->send(SIGUSR1);
  }));
  EXPECT_EQ(signals_received, 1);
}

TEST_F(HeldProcessTest, S04_HoldsNoProcessThatTookTheNumber) {
  EXPECT_TRUE(in_child([&] {
    Process earlier = *self_;
    --earlier.start_time;
    const auto held = HeldProcess::hold(earlier);
    return !held && held.error() == "it has gone";
  }));
}

TEST_F(HeldProcessTest, S04_HoldsNoProcessThatIsNoAncestor) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t sibling = fork();
  if (sibling == 0) {
    close(ends[1]);
    char octet = 0;
    _exit(read(ends[0], &octet, 1) == 0 ? 0 : 1);
  }
  const auto process = ProcessTree().find(sibling);
  EXPECT_TRUE(process && in_child([&] {
                const auto held = HeldProcess::hold(*process);
                return !held && held.error() == "it is no ancestor of this process any more";
              }));
  close(ends[0]);
  close(ends[1]);
  waitpid(sibling, nullptr, 0);
}

TEST_F(HeldProcessTest, S04_NeverHoldsTheFirstProcess) {
  const auto first = ProcessTree().find(1);
  if (!first) GTEST_SKIP() << "process 1 cannot be seen";
  EXPECT_FALSE(HeldProcess::hold(*first));
}

}  // namespace
}  // namespace persist::hook
