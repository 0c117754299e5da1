#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace persist::report {

/// A stretch of a TXT value as it can be printed, and the line that marks a place in it. Printable
/// ASCII only, so that a column is an octet of output.
struct Excerpt {
  std::string text;   ///< octets outside 0x20 to 0x7E as `\xNN`, `...` where something is left out
  std::string marks;  ///< blanks, then `^~~~` under the place
  bool operator==(const Excerpt&) const = default;
};

/// The part of `octets` round the place of `length` octets at `offset` (0: between two octets), in
/// at most `columns` columns and two `...`. A place behind the end counts as the end.
Excerpt make_excerpt(std::string_view octets, std::size_t offset, std::size_t length,
                     std::size_t columns);

}  // namespace persist::report
