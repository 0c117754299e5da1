#include "base/base64url.h"

#include <string_view>

namespace persist {

std::string to_base64url(std::span<const std::uint8_t> octets) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  text.reserve((octets.size() * 4 + 2) / 3);
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const std::uint8_t octet : octets) {
    pending = (pending << 8U) | octet;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += alphabet[(pending >> bits) & 0x3FU];
    }
  }
  if (bits > 0) text += alphabet[(pending << (6 - bits)) & 0x3FU];
  return text;
}

}  // namespace persist
