#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace persist {

/// base64url without padding. Source: RFC 4648 section 5.
std::string to_base64url(std::span<const std::uint8_t> octets);

/// The octets of such a text; empty if it has padding, an octet outside the alphabet, a length that
/// no octets give, or bits left over that are not zero: two texts never mean the same octets.
std::optional<std::vector<std::uint8_t>> from_base64url(std::string_view text);

}  // namespace persist
