#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"

namespace persist::clients {

/// The line of a shell file, counted from 1, that is more than a plain assignment.
struct NotPlain {
  std::size_t line;
  bool operator==(const NotPlain&) const = default;
};

/// Reads a file of shell assignments as text, without a shell: `NAME='value'`, `NAME="value"` or
/// `NAME=value`, one a line, blank lines and comments between. Of a name given twice the last one
/// counts, as in a shell. Whatever a shell would have to expand or run (`$`, backquotes, commands,
/// lists, a value over several lines) makes the whole file useless: what comes behind it might mean
/// something else than it says.
Expected<std::map<std::string, std::string, std::less<>>, NotPlain> parse_shell_assignments(
    std::string_view text);

/// The same for a file in which values may be made of variables, `"${NAME}/x"`, as a configuration
/// has them: such a value is not known and therefore empty. Nothing else that a shell expands is
/// let through, so every assignment does just what it says.
Expected<std::map<std::string, std::optional<std::string>, std::less<>>, NotPlain>
parse_shell_settings(std::string_view text);

}  // namespace persist::clients
