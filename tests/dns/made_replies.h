#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "dns/query_message.h"

/// Replies by the thousand: names, whole replies as servers send them, and what damage makes of
/// them. The same from the same random numbers, everywhere.
namespace persist::dns {

using Random = std::mt19937;

/// At most `below - 1`. The distributions of the standard library differ between libraries.
inline std::uint32_t pick(Random& random, std::uint32_t below) {
  return static_cast<std::uint32_t>(random() % below);
}
inline bool happens(Random& random, std::uint32_t percent) {
  return pick(random, 100) < percent;
}

/// A name of any length up to 255 octets, most of them short; every third has octets of any value.
Name made_name(Random& random);
/// Octets that a name is made of.
inline constexpr std::string_view host_name_octets = "abcdefghijklmnopqrstuvwxyz0123456789-_";
inline constexpr std::string_view dots_and_stars = "ab.*/";
inline constexpr std::string_view any_octets{};
/// A name of exactly so many octets on the wire, 1 or 3 to 255.
Name made_name(Random& random, std::size_t wire_octets, std::string_view of);

inline constexpr std::uint16_t made_id = 0x5A17;

/// A reply to `question`, TXT or CAA, under made_id: aliases, no record or some, records of other
/// names, types and classes beside them, authority and additional section; names compressed at
/// random. Well-formed, though its records may say anything.
std::vector<std::uint8_t> made_reply(Random& random, const Question& question);

/// A reply with one record whose owner is the name asked for, reached over so many pointers.
std::vector<std::uint8_t> reply_behind_pointers(const Question& question, int pointers);

/// Does to a message what faulty servers, links and attackers do: cuts it, flips bits, makes counts
/// and lengths wrong, puts compression pointers anywhere.
void damage(Random& random, std::vector<std::uint8_t>& octets);

}  // namespace persist::dns
