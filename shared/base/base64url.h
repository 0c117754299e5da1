#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace persist {

/// base64url without padding. Source: RFC 4648 section 5.
std::string to_base64url(std::span<const std::uint8_t> octets);

}  // namespace persist
