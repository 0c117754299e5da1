#pragma once

#include <span>
#include <string>
#include <string_view>

namespace persist::config {

/// `did you mean "wildcard"?` if one of `known` is close to `text`, else `known here: a, b, c`.
/// Nothing if `known` is empty.
std::string suggest(std::string_view text, std::span<const std::string_view> known);

}  // namespace persist::config
