#include "dns/message_stream.h"

#include <algorithm>

#include "dns/wire.h"

namespace persist::dns {
namespace {

constexpr std::size_t prefix_octets = 2;
constexpr std::size_t largest_message_octets = 65535;

}  // namespace

std::span<std::uint8_t> MessageStream::room() {
  octets_.resize(prefix_octets + largest_message_octets);
  return std::span(octets_).subspan(filled_);
}

std::size_t MessageStream::claimed_length() const {
  return u16_at(octets_, 0);
}

bool MessageStream::is_broken() const {
  return filled_ >= prefix_octets && claimed_length() == 0;
}

std::optional<std::span<const std::uint8_t>> MessageStream::message() const {
  if (filled_ < prefix_octets || filled_ < prefix_octets + claimed_length()) return {};
  return std::span(octets_).subspan(prefix_octets, claimed_length());
}

void MessageStream::drop() {
  const std::size_t used = prefix_octets + claimed_length();
  std::copy(octets_.begin() + static_cast<std::ptrdiff_t>(used),
            octets_.begin() + static_cast<std::ptrdiff_t>(filled_), octets_.begin());
  filled_ -= used;
}

}  // namespace persist::dns
