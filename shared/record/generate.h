#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/unix_time.h"
#include "record/evaluate.h"
#include "record/persist_record.h"

namespace persist::record {

/// `issuer; accounturi=URI[; policy=wildcard][; persistUntil=N]`, without asking whether it makes
/// sense. Source: draft-ietf-acme-dns-persist-02 section 4.1.
std::string to_issue_value(const PersistRecord& record);

/// Why `uri` is no absolute URI that can stand in a record: the offset of the first octet that a
/// value may not have (what follows a `;` would be a parameter), or 0 if it is no URI; empty if it
/// is one. Source: RFC 8659 section 4.2, RFC 3986 section 4.3.
std::optional<std::size_t> find_uri_fault(std::string_view uri);

/// Cut for a TXT record: at most 255 octets each, at least one string. Source: RFC 1035
/// section 3.3.14.
std::vector<std::string> to_character_strings(std::string_view text);

/// `"s1" "s2"` as in a zone file: `"` and `\` behind a backslash, octets outside 0x20 to 0x7E as
/// `\DDD`. Source: RFC 1035 section 5.1.
std::string to_zone_strings(const std::vector<std::string>& character_strings);

/// A whole line of a zone file: absolute owner, TTL in seconds, `IN TXT`, strings; no line break.
std::string to_zone_line(const DomainName& owner, std::chrono::seconds ttl, std::string_view text);

/// Why no record is made.
enum class GenerateErrorCode {
  name_too_long,   ///< no room for the label
  no_issuer,       ///< the CA's issuer-domain-name is not known
  bad_issuer,      ///< not in the grammar
  bad_accounturi,  ///< empty, no absolute URI, or octets that a value may not have: it would inject
                   ///< parameters
  bad_hash_prefix,        ///< the same of the accountHashPrefix
  no_thumbprint,          ///< dialect 02 needs the account key's thumbprint
  persist_until_past,     ///< not after now
  persist_until_too_far,  ///< after the year 9999, or in milliseconds
  not_authorized,         ///< the evaluator refuses what was made
};
struct GenerateError {
  GenerateErrorCode code;
  std::size_t offset = 0;  ///< of the octet at fault, for bad_accounturi and bad_hash_prefix
  std::optional<Reason> reason{};  ///< for not_authorized
};
std::string explain(const GenerateError& error);

struct RecordWish {
  bool wildcard = false;  ///< `policy=wildcard`
  std::optional<UnixTime> persist_until{};
  bool for_any_domain = false;  ///< dialect 02: hash the name `*` instead of the domain
};

/// A record to publish.
struct Publication {
  DomainName owner;
  std::string value;
};

/// Makes the record that authorises `required` at `ca`, in the CA's dialect, for the first
/// issuer-domain-name. What was made is read again and judged, by `ca` and by the draft to the
/// letter, before it is handed out.
Expected<Publication, GenerateError> generate(const Requirement& required, const CaProfile& ca,
                                              const RecordWish& wish, UnixTime now);

}  // namespace persist::record
