#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace persist::integration {

/// What a child finds at one of its descriptors 0, 1 and 2.
struct Redirection {
  bool closed = false;
  std::string path{};  ///< opened there; empty: /dev/null for 0, captured for 1 and 2
};

/// `source` seen at `target` by the child only, in a mount namespace of its own.
struct BindMount {
  std::string source;
  std::string target;
};

struct Command {
  std::string program;                 ///< path
  std::vector<std::string> arguments;  ///< argv, the program's name first
  std::vector<std::string> environment;
  std::string folder = "/";
  std::array<Redirection, 3> descriptors{};
  std::optional<BindMount> mount{};
  std::chrono::milliseconds limit{60'000};  ///< then the child and its group are killed
};

struct CommandResult {
  std::string status;  ///< `0` to `255`, `signal N`, or `killed after the time limit`
  std::string out, err;
  std::chrono::milliseconds elapsed{};
};

/// Runs a program without a shell, in a process group of its own, and waits for it.
///
/// A child that cannot be started has status 126 and says why on its stderr.
CommandResult run_command(const Command& command);

/// Whether this process may give a child a mount namespace.
bool can_bind_mount();

}  // namespace persist::integration
