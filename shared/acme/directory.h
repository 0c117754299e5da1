#pragma once

#include <string>
#include <string_view>

#include "acme/issuer_list.h"
#include "acme/protocol_error.h"
#include "base/expected.h"

namespace persist::acme {

/// What we read of a server's directory. Source: RFC 8555 section 7.1.1;
/// draft-ietf-acme-dns-persist-02 sections 3.2 and 4.1.
struct Directory {
  std::string new_nonce;    ///< `newNonce`
  std::string new_account;  ///< `newAccount`
  std::string new_order;    ///< `newOrder`
  bool external_account_required = false;
  IssuerList issuer_domain_names;  ///< dialect 02
  IssuerList caa_identities;       ///< in normal form
  /// Dialect 02. Errors: hash_prefix_missing, hash_prefix_wrong_type, hash_prefix_not_expressible.
  Expected<std::string, ProtocolError> account_hash_prefix;
  bool operator==(const Directory&) const = default;
};

using DirectoryError = ProtocolError;

/// Reads a directory object; unknown members are ignored.
///
/// A fault in caaIdentities, issuerDomainNames or accountHashPrefix is kept beside the rest: the
/// draft lets a client go on without them. Errors: those of parse_document, of read_https_url
/// for the three URLs, and member_wrong_type for `meta` and `externalAccountRequired`.
Expected<Directory, DirectoryError> parse_directory(std::string_view json);

/// True if the directory shows draft -02: older ones know neither issuerDomainNames nor
/// accountHashPrefix there.
bool speaks_draft_02(const Directory& directory);

/// Whether a record in dialect 02 can be published before any challenge was seen: it takes the
/// directory's names and its prefix. Source: draft-ietf-acme-dns-persist-02 sections 3.2 and 4.5.
enum class Preprovisioning {
  not_applicable,  ///< the directory does not show draft -02; up to -01 it tells nothing of this
  possible,
  impossible,
};
Preprovisioning preprovisioning(const Directory& directory);

}  // namespace persist::acme
