#include "dns/wire.h"

#include <algorithm>

#include "base/ascii.h"

namespace persist::dns {
namespace {

constexpr std::size_t longest_wire_octets = 255;
/// A sane name needs one or two; each label could have one of its own.
constexpr int most_pointers = 63;
constexpr std::size_t fixed_record_octets = 10;  // type, class, TTL, RDLENGTH

/// Calls `take` with each label of the name at `at`, until it returns false. Returns the position
/// after the name where it stands; empty if the name is broken or `take` returned false.
template <typename Take>
std::optional<std::size_t> walk_name(Octets message, std::size_t at, Take take) {
  std::optional<std::size_t> end;
  std::size_t lowest = at;
  std::size_t total = 1;
  int pointers = 0;
  while (at < message.size()) {
    const std::size_t length = message[at];
    if (length == 0) return end ? end : at + 1;
    if (length >= 0xC0) {
      if (at + 1 >= message.size() || ++pointers > most_pointers) return {};
      const std::size_t target = u16_at(message, at) & 0x3FFFU;
      // Strictly backwards, so that no loop is possible.
      if (target >= lowest || target < header_octets) return {};
      if (!end) end = at + 2;
      lowest = at = target;
      continue;
    }
    total += 1 + length;
    if (length > 63 || total > longest_wire_octets || at + length >= message.size()) return {};
    if (!take(text_of(message.subspan(at, 1 + length)))) return {};
    at += 1 + length;
  }
  return {};
}

}  // namespace

std::optional<std::size_t> skip_name(Octets message, std::size_t at) {
  return walk_name(message, at, [](std::string_view) { return true; });
}

std::string name_at(Octets message, std::size_t at) {
  std::string wire;
  walk_name(message, at, [&wire](std::string_view label) {
    // A length octet is at most 63, below the letters.
    for (const char c : label) wire += to_lower(c);
    return true;
  });
  wire += '\0';
  return wire;
}

bool is_name_at(Octets message, std::size_t at, std::string_view wire) {
  const auto end = walk_name(message, at, [&wire](std::string_view label) {
    if (!equals_ignoring_case(label, wire.substr(0, label.size()))) return false;
    wire.remove_prefix(label.size());
    return true;
  });
  return end && wire.size() == 1;
}

std::optional<RecordView> record_at(Octets message, std::size_t at) {
  const auto fixed = skip_name(message, at);
  if (!fixed || message.size() - *fixed < fixed_record_octets) return {};
  const RecordView record{.owner = at,
                          .type = u16_at(message, *fixed),
                          .dns_class = u16_at(message, *fixed + 2),
                          .ttl = u32_at(message, *fixed + 4),
                          .rdata = *fixed + fixed_record_octets,
                          .rdlength = u16_at(message, *fixed + 8)};
  if (record.end() > message.size()) return {};
  return record;
}

}  // namespace persist::dns
