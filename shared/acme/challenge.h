#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "acme/directory.h"
#include "acme/issuer_list.h"
#include "acme/protocol_error.h"
#include "base/expected.h"
#include "record/ca_profile.h"

namespace persist::acme {

/// Source: RFC 8555 section 7.1.6.
enum class ChallengeStatus { pending, processing, valid, invalid };

/// A dns-persist-01 challenge as the server sent it, in whatever draft: which members count is
/// decided by check_challenge.
struct Challenge {
  std::string url;  ///< where the response `{}` is posted
  ChallengeStatus status;
  /// Draft -01. Errors: accounturi_missing, accounturi_wrong_type, accounturi_not_expressible.
  Expected<std::string, ProtocolError> accounturi;
  IssuerList hyphenated_issuers;  ///< `issuer-domain-names`: up to draft -01
  IssuerList camel_case_issuers;  ///< `issuerDomainNames`: from draft -02
  bool operator==(const Challenge&) const = default;
};

using ChallengeError = ProtocolError;

/// Reads a challenge object; unknown members are ignored.
///
/// A fault in accounturi or in a list is kept beside the rest, because another draft may not need
/// that member. Errors: those of parse_document; not_dns_persist; those of read_text for `type`
/// and `status`, of read_https_url for `url`; unknown_status.
/// Source: draft-ietf-acme-dns-persist-00, -01 and -02 section 3.1.
Expected<Challenge, ChallengeError> parse_challenge(std::string_view json);

/// What the owner of an account should know about an offer, without its being in the way.
enum class OfferNote {
  account_url_assumed,  ///< the challenge gives no accounturi: draft -00, or a CA without its
                        ///< prefix
  accounturi_differs,   ///< the challenge's accounturi is not the account URL
  accounturi_ignored,   ///< dialect 02, yet the challenge gives an accounturi
};
std::string_view to_text(OfferNote note);  ///< one line, no capital, no full stop

/// What to publish so that the challenge can be met.
struct Offer {
  record::Dialect dialect;
  std::vector<record::DomainName> issuer_domain_names;  ///< 1 to 10; any one of them suffices
  std::string accounturi{};           ///< dialect 01: goes into the record as it stands
  std::string account_hash_prefix{};  ///< dialect 02: the record's accounturi begins with it
  std::vector<OfferNote> notes{};
  bool operator==(const Offer&) const = default;
};

/// Judges a challenge as a client must, against the directory that its server gave and the account
/// that asked (its URL as in `Location`).
///
/// The draft is told by what the server shows: issuerDomainNames, in the challenge or the
/// directory, or accountHashPrefix mean -02. The status is not looked at. Errors: those of
/// read_issuer_list for the list of that draft; up to -01 accounturi_wrong_type,
/// accounturi_not_expressible; from -02 directory_not_subset, not_in_caaidentities and those of
/// Directory::account_hash_prefix, in this order. A directory list or caaIdentities that is missing
/// or malformed is not compared. Source: draft-ietf-acme-dns-persist-01 section 3.1; -02
/// sections 3.1, 3.2 and 4.1.
Expected<Offer, ChallengeError> check_challenge(const Challenge& challenge,
                                                const Directory& directory,
                                                std::string_view account_url);

}  // namespace persist::acme
