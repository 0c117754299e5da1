#include "integration/fake_dns_text.h"

#include <charconv>
#include <string>

namespace persist::integration {

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size()) return {};
  return value;
}

std::optional<Octets> octets_of_hex(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') digits += c;
  }
  if (digits.size() % 2 != 0) return {};
  Octets out;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    std::uint8_t octet = 0;
    const char* const end = digits.data() + at + 2;
    const auto [stop, error] = std::from_chars(digits.data() + at, end, octet, 16);
    if (error != std::errc{} || stop != end) return {};
    out.push_back(octet);
  }
  return out;
}

}  // namespace persist::integration
