#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "integration/fake_dns_message.h"

namespace persist::integration {

/// Plain decimal digits that fit 32 bits; empty for everything else.
std::optional<std::uint32_t> number_of(std::string_view text);

/// Pairs of hexadecimal digits, blanks and line ends between them allowed.
std::optional<Octets> octets_of_hex(std::string_view text);

}  // namespace persist::integration
