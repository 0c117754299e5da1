#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "hook/process_tree.h"
#include "support/temporary_folder.h"

namespace persist::hook {

/// A folder made like /proc, with the processes that a test wants.
class MadeProc {
 public:
  const std::string& path() const { return folder_.path(); }
  const testing::TemporaryFolder& folder() const { return folder_; }

  void add(const Process& process) const {
    const std::string at = std::to_string(process.pid) + "/";
    folder_.write(at + "stat", stat_of(process));
    folder_.write(at + "status",
                  fmt::format("Name:\tprogram\nState:\t{0} (state)\nUid:\t{1}\t{2}\t{2}\t{2}\n"
                              "SigBlk:\t0000000000000000\nSigIgn:\t{3:016x}\n",
                              process.state, process.real_user, process.effective_user,
                              process.ignored_signals));
    std::string line;
    for (const std::string& argument : process.arguments) line += argument + '\0';
    folder_.write(at + "cmdline", line);
    if (process.executable) folder_.link(at + "exe", *process.executable);
    if (process.folder) folder_.link(at + "cwd", *process.folder);
  }
  void set_self(int pid) const { folder_.link("self", std::to_string(pid)); }

  /// PID 1, then each process as the child of the one before it, then us as the child of the last:
  /// pids 100, 101, ...; the uppermost ancestor first.
  void add_chain(const std::vector<std::vector<std::string>>& command_lines,
                 const std::string& folder = "/") const {
    add({.pid = 1,
         .parent_pid = 0,
         .state = 'S',
         .start_time = 1,
         .name = "init",
         .arguments = {"/sbin/init"}});
    int pid = 99;
    for (const std::vector<std::string>& arguments : command_lines) {
      ++pid;
      add({.pid = pid,
           .parent_pid = pid == 100 ? 1 : pid - 1,
           .state = 'S',
           .start_time = static_cast<std::uint64_t>(pid),
           .name = std::filesystem::path(arguments.at(0)).filename().string().substr(0, 15),
           .arguments = arguments,
           .folder = folder});
    }
    add({.pid = pid + 1,
         .parent_pid = pid == 99 ? 1 : pid,
         .state = 'R',
         .start_time = static_cast<std::uint64_t>(pid) + 1,
         .name = "persist-hook",
         .arguments = {"persist-hook"},
         .folder = folder});
    set_self(pid + 1);
  }

 private:
  static std::string stat_of(const Process& process) {
    return fmt::format("{} ({}) {} {} 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 {} 1 2 3\n",
                       process.pid, process.name, process.state, process.parent_pid,
                       process.start_time);
  }

  testing::TemporaryFolder folder_{};
};

}  // namespace persist::hook
