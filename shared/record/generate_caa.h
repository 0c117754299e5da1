#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/expected.h"
#include "record/caa.h"
#include "record/generate.h"

namespace persist::record {

/// Which identifiers of a name a CAA set shall let through.
struct CaaScope {
  bool name = true;  ///< the name itself
  bool wildcard = false;
};

/// `issuer; accounturi=URL; validationmethods=dns-persist-01`: this CA, this account, this method,
/// nothing else. The account is in clear under every dialect. Source: RFC 8657 sections 3 and 4,
/// draft-ietf-acme-dns-persist-02 section 7.7.
std::string to_caa_value(const Requirement& required);

/// The whole CAA set of a name that lets the order through and nothing wider: one `issue` and one
/// `issuewild` property, `;` (nobody) for what is not in `scope`. Judged before it is handed out,
/// by `ca` and by the RFCs to the letter. Source: RFC 8659 sections 4.2 and 4.3.
Expected<std::vector<CaaRecord>, GenerateError> generate_caa(const Requirement& required,
                                                             const CaProfile& ca,
                                                             const CaaScope& scope, UnixTime now);

/// `0 issue "..."` as in a zone file. Source: RFC 8659 section 4.1.1.
std::string to_caa_text(const CaaRecord& record);

/// A whole line of a zone file; no line break.
std::string to_zone_line(const DomainName& owner, std::chrono::seconds ttl,
                         const CaaRecord& record);

}  // namespace persist::record
