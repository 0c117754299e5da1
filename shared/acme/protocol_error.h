#pragma once

#include <string>
#include <string_view>

namespace persist::acme {

/// What is wrong with what an ACME server says.
enum class ProtocolErrorCode {
  too_large,          ///< a document of more than `largest_document_octets`
  not_json,           ///< not in the grammar, not UTF-8, a byte order mark, a number out of range
  too_deep,           ///< nested deeper than `deepest_nesting`
  duplicate_member,   ///< a member that occurs twice in one object: readers differ on which counts
  not_an_object,      ///< JSON, but no object
  member_missing,     ///< a required member is not there
  member_wrong_type,  ///< a member is there with a value of another type; null is one too
  not_https_url,      ///< a member that must be an `https://` URL
  unknown_status,     ///< a challenge in none of the states of RFC 8555 section 7.1.6
  not_dns_persist,    ///< a challenge of another type

  issuers_missing,        ///< no list of issuer-domain-names
  issuers_wrong_type,     ///< no array, or one that holds something else than strings
  issuers_empty,          ///< a list of none
  issuers_too_many,       ///< a list of more than `most_issuer_domain_names`
  issuer_too_long,        ///< a name of more than 253 octets
  issuer_not_normalised,  ///< a name that is not lower-case A-labels without a final dot
  accounturi_missing,     ///< the challenge gives none; the account URL takes its place
  accounturi_wrong_type,
  accounturi_not_expressible,  ///< no absolute URI that can stand in a record
  directory_not_subset,        ///< a name of the directory is absent from the challenge
  not_in_caaidentities,        ///< a name of the challenge is absent from caaIdentities
  hash_prefix_missing,
  hash_prefix_wrong_type,
  hash_prefix_not_expressible,  ///< what it begins is no absolute URI that can stand in a record
};

/// The reason code: `issuers-empty`, `not-json`.
std::string_view to_code(ProtocolErrorCode code);

struct ProtocolError {
  ProtocolErrorCode code;
  std::string member{};  ///< name of the member at fault, where there is one; `the account URL`
  std::string value{};   ///< the text at fault, as the server wrote it
  bool operator==(const ProtocolError&) const = default;
};

/// One line for people, no capital, no full stop, text from outside escaped:
/// `the list issuer-domain-names is empty`.
std::string explain(const ProtocolError& error);

}  // namespace persist::acme
