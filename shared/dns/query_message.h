#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "dns/answer.h"

namespace persist::dns {

/// What is asked, in class IN.
struct Question {
  Name owner;
  RrType type;
  bool operator==(const Question&) const = default;
};

/// Largest UDP answer that we say we can take; fits every path without fragments.
/// Source: RFC 6891 section 6.2.5 and the DNS Flag Day 2020.
inline constexpr std::uint16_t advertised_payload_octets = 1232;

/// Room for any query: header, longest name, type and class, OPT record.
using QueryBuffer = std::array<std::uint8_t, 12 + 255 + 4 + 11>;

struct QueryOptions {
  std::uint16_t id;
  bool recursion_desired = true;
  bool edns = true;
};

/// Writes a query into `buffer` and returns the part that it fills.
///
/// AD is set: it asks for the AD bit in the answer without the signatures that DO would bring,
/// which would only make more answers too large for UDP. Source: RFC 6840 section 5.7.
std::span<const std::uint8_t> write_query(QueryBuffer& buffer, const Question& question,
                                          const QueryOptions& options);

}  // namespace persist::dns
