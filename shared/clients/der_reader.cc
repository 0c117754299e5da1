#include "clients/der_reader.h"

#include <cstddef>

namespace persist::clients {
namespace {

std::uint8_t octet_at(std::string_view octets, std::size_t at) {
  return static_cast<std::uint8_t>(octets[at]);
}

}  // namespace

/// The element in front, with its size; empty if there is none.
std::optional<DerElement> DerReader::look(std::size_t& size) const {
  constexpr std::uint8_t long_tag = 0x1F;
  constexpr std::uint8_t long_length = 0x80;
  constexpr std::size_t most_length_octets = 4;
  if (rest_.size() < 2) return {};
  const std::uint8_t tag = octet_at(rest_, 0);
  if ((tag & long_tag) == long_tag) return {};
  std::size_t length = octet_at(rest_, 1);
  std::size_t header = 2;
  if (length >= long_length) {
    const std::size_t count = length - long_length;
    if (count == 0 || count > most_length_octets || rest_.size() < header + count) return {};
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8U | octet_at(rest_, header + i);
    header += count;
    const bool is_shortest = length >= long_length && length >> (8U * (count - 1)) != 0;
    if (!is_shortest) return {};
  }
  if (length > rest_.size() - header) return {};
  size = header + length;
  return DerElement{.tag = tag, .contents = rest_.substr(header, length)};
}

std::optional<DerElement> DerReader::next() {
  if (has_fault_ || rest_.empty()) return {};
  std::size_t size = 0;
  auto element = look(size);
  has_fault_ = !element;
  rest_.remove_prefix(size);
  return element;
}

std::optional<std::string_view> DerReader::take(std::uint8_t tag) {
  if (rest_.empty() || octet_at(rest_, 0) != tag) return {};
  const auto element = next();
  if (!element) return {};
  return element->contents;
}

}  // namespace persist::clients
