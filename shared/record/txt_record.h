#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace persist::record {

/// One TXT resource record as received. Source: RFC 1035 section 3.3.14.
struct TxtRecord {
  std::vector<std::string> character_strings;  ///< octets, each up to 255
  std::chrono::seconds ttl{};

  /// The value: the strings joined without anything between them.
  /// Source: draft-ietf-acme-dns-persist-02 section 9.1.
  std::string text() const {
    std::string joined;
    for (const std::string& part : character_strings) joined += part;
    return joined;
  }
  bool operator==(const TxtRecord&) const = default;
};

}  // namespace persist::record
