#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace persist::fuzzing {

/// Ends the program, which libFuzzer reports with the input, if `holds` is false.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// The fuzzer's octets as text.
inline std::string_view to_text(const std::uint8_t* data, std::size_t size) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets are octets
  return {reinterpret_cast<const char*>(data), size};
}

/// True if nothing in `line` can move a cursor, begin a line or break a log.
inline bool is_plain_line(std::string_view line) {
  for (const char c : line) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7F) return false;
  }
  return true;
}

}  // namespace persist::fuzzing
