#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "acme/json_value.h"
#include "acme/protocol_error.h"
#include "base/expected.h"
#include "record/domain_name.h"

namespace persist::acme {

/// Most names that a list may hold. Source: draft-ietf-acme-dns-persist-02 section 3.1.
inline constexpr std::size_t most_issuer_domain_names = 10;

/// The spelling of the list up to draft -01, and the one from -02.
inline constexpr std::string_view hyphenated_list = "issuer-domain-names";
inline constexpr std::string_view camel_case_list = "issuerDomainNames";

/// Names that can stand in a record, or why the list gives none.
using IssuerList = Expected<std::vector<record::DomainName>, ProtocolError>;

/// Reads the list `name` of a challenge or of `meta`: 1 to 10 names, each already lower-case
/// A-labels without a final dot and in the grammar of a record's issuer; the first fault decides.
///
/// Errors: issuers_missing, _wrong_type, _empty, _too_many, issuer_too_long, _not_normalised.
/// Source: draft-ietf-acme-dns-persist-02 sections 3.1 and 3.2; RFC 8659 section 4.2.
IssuerList read_issuer_list(const JsonValue& object, std::string_view name);

/// Reads `caaIdentities` of `meta`. The names are normalised, and there may be any number of them;
/// a list of none is none: a CA without CAA has nothing to name there.
///
/// Errors: the same but for issuers_too_many. Source: draft-ietf-acme-dns-persist-02 section 3.2.
IssuerList read_caa_identities(const JsonValue& meta);

/// True if the server sent the list, well-formed or not.
bool is_present(const IssuerList& list);

/// The first of `names` that is not in `others`; null if all are.
const record::DomainName* find_absent(const std::vector<record::DomainName>& names,
                                      const std::vector<record::DomainName>& others);

}  // namespace persist::acme
