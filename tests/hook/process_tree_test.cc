// Who called us: a folder made like /proc, and the real one.
#include "hook/process_tree.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "made_proc.h"

namespace persist::hook {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Process usual() {
  return {.pid = 42,
          .parent_pid = 7,
          .state = 'S',
          .start_time = 12345,
          .name = "certbot",
          .arguments = {"/usr/bin/python3", "/usr/bin/certbot", "renew", "-q"},
          .real_user = 1000,
          .effective_user = 33,
          .ignored_signals = 1U << (SIGINT - 1),
          .executable = "/usr/bin/python3.11",
          .folder = "/srv/a b"};
}

TEST(ProcessTree, TellsEverything) {
  const MadeProc proc;
  proc.add(usual());
  const auto got = ProcessTree(proc.path()).find(42);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->pid, 42);
  EXPECT_EQ(got->parent_pid, 7);
  EXPECT_EQ(got->state, 'S');
  EXPECT_EQ(got->start_time, 12345U);
  EXPECT_EQ(got->name, "certbot");
  EXPECT_EQ(got->arguments, usual().arguments);
  EXPECT_FALSE(got->arguments_are_cut);
  EXPECT_EQ(got->real_user, 1000U);
  EXPECT_EQ(got->effective_user, 33U);
  EXPECT_EQ(got->executable, "/usr/bin/python3.11");
  EXPECT_EQ(got->folder, "/srv/a b");
  EXPECT_TRUE(got->ignores(SIGINT));
  EXPECT_FALSE(got->ignores(SIGTERM));
  EXPECT_FALSE(got->ignores(0));
  EXPECT_FALSE(got->ignores(65));
}

struct NameCase {
  std::string label;
  std::string name;
  friend void PrintTo(const NameCase& row, std::ostream* out) { *out << row.label; }
};

const NameCase names[] = {{"plain", "certbot"},
                          {"spaces", "my client"},
                          {"parentheses", "a) S (b"},
                          {"newline", "a\nUid:\t0"},
                          {"empty", ""},
                          {"looks_like_stat", ") R 1 1 1 1"},
                          {"no_utf8", "\xff\xfe\x01"},
                          {"only_parentheses", "())("}};

class ProcessName : public ::testing::TestWithParam<NameCase> {};

TEST_P(ProcessName, DoesNotDisturbTheRest) {
  const MadeProc proc;
  Process process = usual();
  process.name = GetParam().name;
  proc.add(process);
  const auto got = ProcessTree(proc.path()).find(42);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->name, GetParam().name);
  EXPECT_EQ(got->parent_pid, 7);
  EXPECT_EQ(got->start_time, 12345U);
}

INSTANTIATE_TEST_SUITE_P(Table, ProcessName, ::testing::ValuesIn(names),
                         [](const auto& row) { return row.param.label; });

struct BrokenCase {
  std::string name;
  std::string file;
  std::string text;
  friend void PrintTo(const BrokenCase& row, std::ostream* out) { *out << row.name; }
};

const BrokenCase broken[] = {
    {"empty_stat", "stat", ""},
    {"cut_stat", "stat", "42 (certbot) S 7 1 1"},
    {"no_name", "stat", "42 certbot S 7 1 1 0 -1 1 1 2 3 4 5 6 7 8 20 0 1 0 9 1 2"},
    {"words_for_numbers", "stat", "42 (c) S x 1 1 0 -1 1 1 2 3 4 5 6 7 8 20 0 1 0 9 1 2"},
    {"empty_status", "status", ""},
    {"no_signals", "status", "Uid:\t0\t0\t0\t0\n"},
    {"no_users", "status", "SigIgn:\t0000000000000000\n"},
    {"words_for_users", "status", "Uid:\tx\ty\nSigIgn:\t0000000000000000\n"},
    {"words_for_signals", "status", "Uid:\t0\t0\t0\t0\nSigIgn:\tnone\n"}};

class BrokenProcess : public ::testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenProcess, IsNone) {
  const MadeProc proc;
  proc.add(usual());
  proc.folder().write("42/" + GetParam().file, GetParam().text);
  EXPECT_FALSE(ProcessTree(proc.path()).find(42));
}

INSTANTIATE_TEST_SUITE_P(Table, BrokenProcess, ::testing::ValuesIn(broken),
                         [](const auto& row) { return row.param.name; });

TEST(ProcessTree, KeepsWhatAnArgumentHolds) {
  const MadeProc proc;
  Process process = usual();
  process.arguments = {"certbot", "", "-d", "a b\nc", "\xff", ""};
  proc.add(process);
  EXPECT_EQ(ProcessTree(proc.path()).find(42)->arguments, process.arguments);
}

TEST(ProcessTree, TakesALastArgumentWithoutItsEnd) {
  const MadeProc proc;
  proc.add(usual());
  proc.folder().write("42/cmdline", "nginx: master process");
  EXPECT_THAT(ProcessTree(proc.path()).find(42)->arguments, ElementsAre("nginx: master process"));
}

TEST(ProcessTree, E09_TakesAMegabyteOfArguments) {
  const MadeProc proc;
  Process process = usual();
  process.arguments = {"certbot", std::string(1'000'000, 'x'), "-d", "example.com"};
  proc.add(process);
  const auto got = ProcessTree(proc.path()).find(42);
  EXPECT_EQ(got->arguments, process.arguments);
  EXPECT_FALSE(got->arguments_are_cut);
}

TEST(ProcessTree, E09_CutsWhatNoProcessCanHave) {
  const MadeProc proc;
  Process process = usual();
  process.arguments = {"certbot", std::string(largest_command_line_octets, 'x')};
  proc.add(process);
  const auto got = ProcessTree(proc.path()).find(42);
  EXPECT_THAT(got->arguments, ElementsAre("certbot"));
  EXPECT_TRUE(got->arguments_are_cut);
}

TEST(ProcessTree, DoesWithoutWhatItMayNotRead) {
  const MadeProc proc;
  Process process = usual();
  process.executable.reset();
  process.folder.reset();
  proc.add(process);
  std::filesystem::remove(proc.folder() / "42/cmdline");
  const auto got = ProcessTree(proc.path()).find(42);
  ASSERT_TRUE(got);
  EXPECT_FALSE(got->executable);
  EXPECT_FALSE(got->folder);
  EXPECT_THAT(got->arguments, IsEmpty());
}

TEST(ProcessTree, HasNoProcessThatIsGone) {
  const MadeProc proc;
  EXPECT_FALSE(ProcessTree(proc.path()).find(42));
  EXPECT_FALSE(ProcessTree(proc.path()).self());
  EXPECT_FALSE(ProcessTree("/nonexistent").self());
  proc.set_self(42);
  EXPECT_FALSE(ProcessTree(proc.path()).self());
}

std::vector<int> pids(const std::vector<Process>& processes) {
  std::vector<int> numbers;
  for (const Process& process : processes) numbers.push_back(process.pid);
  return numbers;
}

std::vector<int> ancestors_of_self(const MadeProc& proc) {
  const ProcessTree tree(proc.path());
  const auto self = tree.self();
  return self ? pids(tree.ancestors(*self)) : std::vector<int>{-1};
}

TEST(ProcessTree, ClimbsUpToTheFirstProcess) {
  const MadeProc proc;
  proc.add_chain({{"certbot", "renew"}, {"/bin/sh", "-c", "persist-hook certbot-pre"}});
  EXPECT_THAT(ancestors_of_self(proc), ElementsAre(101, 100, 1));
}

TEST(ProcessTree, StopsWhereAnAncestorIsGone) {
  const MadeProc proc;
  proc.add_chain({{"cron"}, {"certbot"}, {"sh"}});
  std::filesystem::remove_all(proc.folder() / "101");
  EXPECT_THAT(ancestors_of_self(proc), ElementsAre(102));
}

TEST(ProcessTree, DoesNotTakeAYoungerProcessForAParent) {
  const MadeProc proc;
  proc.add_chain({{"cron"}, {"certbot"}});
  std::filesystem::remove_all(proc.folder() / "100");
  Process other = usual();
  other.pid = 100;
  proc.add(other);
  EXPECT_THAT(ancestors_of_self(proc), ElementsAre(101));
}

TEST(ProcessTree, EndsOnALoop) {
  const MadeProc proc;
  Process process = usual();
  process.parent_pid = 42;
  proc.add(process);
  proc.set_self(42);
  EXPECT_THAT(ancestors_of_self(proc), IsEmpty());
}

TEST(ProcessTree, EndsWithTheNamespace) {
  const MadeProc proc;
  Process process = usual();
  process.parent_pid = 0;
  proc.add(process);
  proc.set_self(42);
  EXPECT_THAT(ancestors_of_self(proc), IsEmpty());
}

// ---- The real one.

TEST(RealProcessTree, KnowsThisProcess) {
  const auto self = ProcessTree().self();
  ASSERT_TRUE(self);
  EXPECT_EQ(self->pid, ::getpid());
  EXPECT_EQ(self->parent_pid, ::getppid());
  EXPECT_EQ(self->real_user, ::getuid());
  EXPECT_EQ(self->effective_user, ::geteuid());
  EXPECT_EQ(self->folder, std::filesystem::current_path());
  EXPECT_EQ(self->executable, std::filesystem::read_symlink("/proc/self/exe"));
}

TEST(RealProcessTree, ClimbsFromThisProcess) {
  const auto self = ProcessTree().self();
  ASSERT_TRUE(self);
  const auto above = ProcessTree().ancestors(*self);
  ASSERT_FALSE(above.empty());
  EXPECT_EQ(above.front().pid, ::getppid());
  EXPECT_EQ(above.back().pid, 1);
}

/// Runs a shell that ignores SIGINT and waits for its stdin to end, looks at it, and lets it go.
TEST(RealProcessTree, SeesACommandLineAndIgnoredSignals) {
  int input[2];
  int output[2];
  ASSERT_EQ(::pipe2(input, O_CLOEXEC), 0);
  ASSERT_EQ(::pipe2(output, O_CLOEXEC), 0);
  const std::string long_argument(100'000, 'x');
  const int child = ::fork();
  if (child == 0) {
    ::dup2(input[0], 0);
    ::dup2(output[1], 1);
    ::execl("/bin/sh", "sh", "-c", "trap '' INT; echo ready; read line", "a b\nc",
            long_argument.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(output[1]);
  char ready = 0;
  EXPECT_EQ(::read(output[0], &ready, 1), 1);
  const auto got = ProcessTree().find(child);
  ::close(input[1]);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  ::close(input[0]);
  ::close(output[0]);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->parent_pid, ::getpid());
  EXPECT_EQ(got->name, "sh");
  EXPECT_THAT(got->arguments, ElementsAre("sh", "-c", "trap '' INT; echo ready; read line",
                                          "a b\nc", long_argument));
  EXPECT_TRUE(got->ignores(SIGINT));
  EXPECT_FALSE(got->ignores(SIGTERM));
  EXPECT_FALSE(ProcessTree().find(child));
}

TEST(RealProcessTree, SeesAZombieWithoutArguments) {
  const int child = ::fork();
  if (child == 0) ::_exit(0);
  siginfo_t ended{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
  const auto got = ProcessTree().find(child);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->state, 'Z');
  EXPECT_THAT(got->arguments, IsEmpty());
}

}  // namespace
}  // namespace persist::hook
