#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace persist::hook::doctor {

/// What stands behind a command of a list and says when the next one runs.
enum class Join {
  end,
  always,      ///< `;` or a new line
  background,  ///< `&`: as `;`, and the status is lost
  on_success,  ///< `&&`
  on_failure,  ///< `||`
  pipe,        ///< `|`: the status is lost
};

/// One command with its arguments, quotes removed. What a shell would expand stays as it is
/// written.
struct SimpleCommand {
  std::vector<std::string> assignments{};  ///< `NAME=value` in front
  std::vector<std::string> words{};
  bool moves_output = false;  ///< its standard error or its output goes elsewhere
  Join join = Join::end;
  bool operator==(const SimpleCommand&) const = default;
};

struct CommandList {
  std::vector<SimpleCommand> commands{};
  bool is_clear = true;  ///< false: it holds more than simple commands (`if`, `{`, `$(...)`)
  bool operator==(const CommandList&) const = default;
};

/// Reads a text for a shell as far as lists of simple commands go; nothing is expanded or run.
CommandList parse_shell_text(std::string_view text);

/// Reads a command that no shell sees, as systemd's Exec lines: `&&`, `;` and the like are words.
CommandList parse_plain_command(std::string_view text);

}  // namespace persist::hook::doctor
