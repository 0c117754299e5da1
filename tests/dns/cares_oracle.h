#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dns/answer.h"
#include "dns/wire.h"

/// What c-ares makes of names and messages: a second opinion on our own reader and writer, which
/// share nothing with it.
namespace persist::dns::cares {

/// Since 1.20 c-ares reads whole messages: every record of every section, in the form of its type.
/// Before that it read the answer section only.
bool reads_whole_messages();
/// `c-ares 1.18.1`.
std::string version();

/// The query that c-ares writes for a name in presentation format; empty if it takes it for no
/// name.
std::optional<std::vector<std::uint8_t>> query(const std::string& name, RrType type,
                                               std::uint16_t id, bool recursion_desired, bool edns);

/// A name where it stands in a message.
struct SeenName {
  std::string text{};      ///< presentation format as c-ares writes it, letter case as received
  std::size_t octets = 0;  ///< that it takes up there
};
std::optional<SeenName> name_at(Octets message, std::size_t at);

/// A record as c-ares hands it out: the strings of a TXT record, or flags, tag and value of a CAA
/// record.
using Fields = std::vector<std::string>;
/// Every record of `type`, TXT or CAA, in the answer section, whatever its owner, in class IN or
/// CHAOS; a TXT record without any string leaves no trace. Empty if c-ares refuses the message.
std::optional<std::vector<Fields>> records_of(Octets message, RrType type);

}  // namespace persist::dns::cares
