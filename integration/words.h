#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace persist::integration {

/// The words of a command line as a shell cuts it: blanks, '...', "..." and backslashes, and
/// nothing else; no variable, wildcard or redirection. Empty if a quote is left open.
std::optional<std::vector<std::string>> split_command(std::string_view line);

/// Every `{repeat N TEXT}` replaced by N times TEXT; `{#}` in it is the number of the copy, from 1.
std::string expand_repeats(std::string_view text);

/// Every `from` in `text` replaced by `to`.
std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// The same, but for those that are a piece of a longer number: a port may have the digits of
/// something else.
std::string replace_whole(std::string text, std::string_view from, std::string_view to);

}  // namespace persist::integration
