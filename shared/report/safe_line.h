#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace persist::report {

/// Longest line text that is printed, in octets.
inline constexpr std::size_t longest_line_octets = 4096;

/// `text` as `escape` makes it, but with the backslashes as they are: text that its maker has
/// escaped comes out unchanged, and text that it forgot to escape cannot do harm. One line; cut at
/// a character border with `... (n more bytes)`.
std::string to_safe_line(std::string_view text, std::size_t limit = longest_line_octets);

}  // namespace persist::report
