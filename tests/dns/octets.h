#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace persist::dns {

/// Octets in a short notation: hexadecimal digits, 'text' as it is, <name> as an uncompressed DNS
/// name; spaces mean nothing. Ends the test program if `text` is not in it.
std::vector<std::uint8_t> octets_of(std::string_view text);

}  // namespace persist::dns
