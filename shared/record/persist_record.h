#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "base/unix_time.h"
#include "record/reading_rules.h"
#include "record/syntax_error.h"

namespace persist::record {

/// Tags as they must be written: some CAs compare them exactly.
/// Source: draft-ietf-acme-dns-persist-02 section 4.1.
inline constexpr std::string_view accounturi_tag = "accounturi";
inline constexpr std::string_view policy_tag = "policy";
inline constexpr std::string_view persist_until_tag = "persistUntil";
/// The one value of policy that means anything; compared without regard to case.
inline constexpr std::string_view wildcard_policy = "wildcard";

/// What a record says. Source: draft-ietf-acme-dns-persist-02 section 4.1.
struct PersistRecord {
  std::string issuer_domain_name;           ///< as written, without the white space around it
  std::string accounturi;                   ///< account URL (up to -01) or hashed URI (-02)
  bool allows_wildcard = false;             ///< `policy=wildcard`; any other policy is none
  std::optional<UnixTime> persist_until{};  ///< usable up to and including this second
  bool operator==(const PersistRecord&) const = default;
};

/// Reads a record; unknown tags are ignored. Without rules: RFC 8659 section 4.2 and the draft.
///
/// The text that is read is `text` itself, whatever `rules.text` says. Whether the issuer is one
/// that the CA knows is not asked here: a final dot is the one fault of an issuer that can make a
/// record of ours malformed, any other odd issuer-domain-name is reported as bad_issuer.
Expected<PersistRecord, SyntaxError> parse_record(std::string_view text,
                                                  const ReadingRules& rules = {});

/// The octets of a record as DNS libraries print them: `"` and `\` behind a backslash, other octets
/// outside 0x20 to 0x7E as `\DDD`. Source: RFC 1035 section 5.1.
std::string to_escaped_text(std::string_view octets);

/// False if that is the same as the octets themselves.
bool needs_escape(std::string_view octets);

/// Where in the octets the place `offset` of `to_escaped_text(octets)` came from.
std::size_t offset_in_octets(std::string_view octets, std::size_t offset);

}  // namespace persist::record
