#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace persist::rules {

/// Offset in `text` of a known tag and `=` that a `;` should stand in front of: behind a blank or a
/// comma, and for accounturi behind anything with a letter or digit in it. Empty if there is none.
std::optional<std::size_t> find_swallowed_tag(std::string_view text);

}  // namespace persist::rules
