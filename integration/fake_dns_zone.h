#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "integration/fake_dns_message.h"

namespace persist::integration {

/// What the fake name server knows by exact name. It beats the modes.
///
/// One line an entry, `#` begins a comment line:
///   owner TXT "string" "string"...   \DDD escapes; a string over 255 octets is cut into several
///   owner CNAME target
///   owner CAA flags tag "value"
///   owner TYPE257 \# 3 0a0b0c        any type, RFC 3597 form
///   owner MODE servfail              every query for the owner goes to that mode
class Zone {
 public:
  struct Found {
    bool exists = false;               ///< the name, or a name below it, is in the zone
    std::string mode{};                ///< of a MODE line
    std::vector<DnsRecord> records{};  ///< of the type asked for, or the CNAME at the name
  };

  /// Adds one line. Returns what is wrong with it; empty if nothing is.
  std::string add_line(std::string_view line);

  Found find(const Octets& name, std::uint16_t type) const;

 private:
  struct Entry {
    std::string mode;
    std::vector<DnsRecord> records;
  };

  Entry& entry_of(const Octets& owner);

  std::map<Octets, Entry> entries_;  ///< by owner in lower case, empty non-terminals included
};

/// SOA record for a negative answer about `name`: of fault.test, elsewhere of the root.
DnsRecord soa_record_for(const Octets& name);

}  // namespace persist::integration
