#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace persist::hook {

/// What /proc tells of a process, all of it while it was the same process.
struct Process {
  int pid;
  int parent_pid;            ///< 0 where the parent is outside of our PID namespace, or none
  char state;                ///< `R`, `S`, `Z`, ... as in proc(5)
  std::uint64_t start_time;  ///< clock ticks since boot; pid and start time name one process
  std::string name;          ///< at most 15 octets, any of them; the process may choose it
  std::vector<std::string> arguments{};  ///< argv, as the process left it; none for a zombie
  bool arguments_are_cut = false;        ///< there were more than `largest_command_line_octets`
  unsigned real_user = 0;
  unsigned effective_user = 0;
  std::uint64_t ignored_signals = 0;        ///< bit n - 1 for signal n
  std::optional<std::string> executable{};  ///< path; empty where we may not know it
  std::optional<std::string> folder{};      ///< current folder; likewise

  bool ignores(int signal) const;
};

/// Linux keeps a quarter of the stack limit for argv and environment, 2 MiB as it comes.
inline constexpr std::size_t largest_command_line_octets = std::size_t{2} << 20U;

/// The processes of this machine, or those of a folder made like /proc. Only reads.
class ProcessTree {
 public:
  explicit ProcessTree(std::string proc_folder = "/proc") : proc_folder_(std::move(proc_folder)) {}

  /// Empty if there is no such process, if it ends meanwhile, or if we may not see it.
  std::optional<Process> find(int pid) const;

  /// The process of this program itself.
  std::optional<Process> self() const;

  /// The parent of `process`, its parent and so on up to PID 1, nearest first; shells are among
  /// them. Ends early where one has gone or cannot be seen.
  std::vector<Process> ancestors(const Process& process) const;

 private:
  std::string proc_folder_;
};

}  // namespace persist::hook
