#include "dns/global_address.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace persist::dns {
namespace {

struct Block {
  std::array<std::uint8_t, 8> begin;
  std::size_t bits;
};

constexpr std::array<Block, 14> special_ipv4{{
    {{0}, 8},              // this network
    {{10}, 8},             // private
    {{100, 64}, 10},       // shared address space
    {{127}, 8},            // loopback
    {{169, 254}, 16},      // link-local
    {{172, 16}, 12},       // private
    {{192, 0, 0}, 24},     // protocol assignments
    {{192, 0, 2}, 24},     // documentation
    {{192, 88, 99}, 24},   // 6to4 relays, deprecated
    {{192, 168}, 16},      // private
    {{198, 18}, 15},       // benchmarks
    {{198, 51, 100}, 24},  // documentation
    {{203, 0, 113}, 24},   // documentation
    {{224}, 3},            // multicast, reserved, broadcast
}};

/// Of 2000::/3, outside of which no address is a public host's.
constexpr std::array<Block, 4> special_ipv6{{
    {{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo among them
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x02}, 16},              // 6to4
    {{0x3f, 0xff, 0x00}, 20},        // documentation
}};

bool is_in(const ServerAddress& server, const Block& block) {
  for (std::size_t bit = 0; bit < block.bits; ++bit) {
    const unsigned mask = 0x80U >> (bit % 8);
    if ((server.address[bit / 8] & mask) != (block.begin[bit / 8] & mask)) return false;
  }
  return true;
}

template <std::size_t size>
bool is_in_any(const ServerAddress& server, const std::array<Block, size>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&server](const Block& block) { return is_in(server, block); });
}

}  // namespace

bool is_global(const ServerAddress& server) {
  if (!server.is_ipv6) return !is_in_any(server, special_ipv4);
  constexpr Block unicast{{0x20}, 3};
  return is_in(server, unicast) && !is_in_any(server, special_ipv6);
}

}  // namespace persist::dns
