#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace persist::dns {

/// The octets of a DNS message.
using Octets = std::span<const std::uint8_t>;

/// Octets of the header. Source: RFC 1035 section 4.1.1.
inline constexpr std::size_t header_octets = 12;

/// The 16-bit number at `at`, which must lie in the message with its second octet.
inline std::uint16_t u16_at(Octets message, std::size_t at) {
  return static_cast<std::uint16_t>((message[at] << 8U) | message[at + 1]);
}
/// The 32-bit number at `at`, as u16_at.
inline std::uint32_t u32_at(Octets message, std::size_t at) {
  return (std::uint32_t{u16_at(message, at)} << 16U) | u16_at(message, at + 2);
}
/// Part of a message as text.
inline std::string_view text_of(Octets octets) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets as char, which may alias
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

/// Position after the name at `at`. Empty if it is no name: past the end, over 255 octets, an
/// unknown label type, a compression pointer that does not point strictly backwards, or too many of
/// them. Source: RFC 1035 section 4.1.4.
std::optional<std::size_t> skip_name(Octets message, std::size_t at);

/// The name at `at` without compression, letters in lower case. `at` must have passed skip_name.
std::string name_at(Octets message, std::size_t at);

/// True if the name at `at`, which must have passed skip_name, is `wire` (uncompressed, lower
/// case).
bool is_name_at(Octets message, std::size_t at, std::string_view wire);

/// One resource record where it stands in a message. Source: RFC 1035 section 4.1.3.
struct RecordView {
  std::size_t owner = 0;  ///< position of the name
  std::uint16_t type = 0;
  std::uint16_t dns_class = 0;
  std::uint32_t ttl = 0;
  std::size_t rdata = 0;  ///< position
  std::uint16_t rdlength = 0;

  std::size_t end() const { return rdata + rdlength; }
};

/// The record at `at`; empty if there is no whole one.
std::optional<RecordView> record_at(Octets message, std::size_t at);

}  // namespace persist::dns
