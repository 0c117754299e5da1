#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace persist {

/// The length of the longest prefix of `text` that is printable ASCII (0x20 to 0x7E) and holds none
/// of `others`. Sixteen octets at a time: texts are long and seldom hold anything else.
template <char... others>
std::size_t printable_run(std::string_view text) {
  using Block [[gnu::vector_size(16)]] = unsigned char;
  constexpr auto is_stop = [](auto octets) {
    return (((octets < 0x20) | (octets > 0x7E)) | ... |
            (octets == static_cast<unsigned char>(others)));
  };
  std::size_t run = 0;
  for (; run + sizeof(Block) <= text.size(); run += sizeof(Block)) {
    Block block;
    std::memcpy(&block, text.data() + run, sizeof block);
    const auto stops = is_stop(block);
    std::array<std::uint64_t, 2> halves;  // NOLINT(*-member-init): filled at once
    std::memcpy(halves.data(), &stops, sizeof stops);
    if ((halves[0] | halves[1]) != 0) break;
  }
  static constexpr auto stops_alone = [is_stop] {
    std::array<bool, 256> stops{};
    for (unsigned octet = 0; octet < stops.size(); ++octet) stops[octet] = is_stop(octet) != 0;
    return stops;
  }();
  while (run < text.size() && !stops_alone[static_cast<unsigned char>(text[run])]) ++run;
  return run;
}

}  // namespace persist
