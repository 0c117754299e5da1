#pragma once

#include <string>
#include <string_view>

#include "base/expected.h"
#include "record/domain_name.h"

namespace persist::record {

/// First label of the owner name. Source: draft-ietf-acme-dns-persist-02 section 4.
inline constexpr std::string_view validation_label = "_validation-persist";

/// What a certificate is to contain. Source: RFC 8555 section 7.1.3 (type `dns`).
struct Identifier {
  DomainName name;        ///< without `*.`
  bool wildcard = false;  ///< the identifier was `*.name`

  /// As in an ACME order: `example.com` or `*.example.com`.
  std::string text() const { return wildcard ? "*." + name.text() : name.text(); }
  bool operator==(const Identifier&) const = default;
};

/// False if the owner name of the record would pass 253 octets: the method cannot be used for this
/// name.
inline bool has_room_for_label(const DomainName& validated_fqdn) {
  return validated_fqdn.text().size() + validation_label.size() + 1 <= longest_name_octets;
}

/// Reads `example.com` or `*.example.com`; any other `*` is an error.
Expected<Identifier, NameError> parse_identifier(std::string_view text);

/// Owner name of the TXT record: `_validation-persist.` and the validated FQDN.
/// Error: too_long, when that has more than 253 octets (a validated FQDN over 233).
/// Source: draft-ietf-acme-dns-persist-02 section 4, RFC 1035 section 2.3.4.
Expected<DomainName, NameError> validation_domain_name(const DomainName& validated_fqdn);

}  // namespace persist::record
