#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/unix_time.h"
#include "record/ca_profile.h"
#include "record/domain_name.h"
#include "record/evaluate.h"

namespace persist::record {

/// The name of this method, as `validationmethods` lists it. Source:
/// draft-ietf-acme-dns-persist-02 section 10.1, RFC 8657 section 4.
inline constexpr std::string_view validation_method = "dns-persist-01";

/// One CAA resource record as received. Source: RFC 8659 section 4.1.
struct CaaRecord {
  std::uint8_t flags = 0;
  std::string tag{};      ///< any octets; compared without regard to ASCII case
  std::string value{};    ///< any octets
  bool is_short = false;  ///< the RDATA ended before the tag
  bool operator==(const CaaRecord&) const = default;
  auto operator<=>(const CaaRecord&) const = default;
};

/// Reads RDATA, also one that ends before the tag; empty if the tag reaches over its end.
/// Source: RFC 8659 section 4.1.
std::optional<CaaRecord> parse_caa(std::string_view rdata);

/// True if this CA takes the tag of a parameter for `tag`, which is in lower case.
bool is_same_tag(std::string_view found, std::string_view tag, const CaaRules& rules);

/// What DNS said of CAA at one name: the name itself, or a parent of it.
struct CaaAnswer {
  DomainName name;
  DnsOutcome outcome;
  std::vector<CaaRecord> rrset{};
};

/// How one issue or issuewild property bears on an order.
struct CaaProperty {
  CaaRecord found;
  bool names_ca = false;        ///< its issuer-domain-name is one of the CA's
  bool is_well_formed = false;  ///< else it permits nobody
  bool methods_fit = false;     ///< no validationmethods, or one that lists this method
  bool account_fits = false;    ///< no accounturi, or one that is the account URL
  bool has_accounturi = false;

  bool is_for_ca() const { return names_ca && is_well_formed; }
  bool permits() const { return is_for_ca() && methods_fit && account_fits; }
};

/// What CAA says to an order.
struct CaaJudgement {
  Outcome outcome;                     ///< authorized: CAA does not stand in the way
  std::optional<Reason> reason{};      ///< empty if authorized
  std::optional<DomainName> at{};      ///< where the set that counts stands, or where the look-up
                                       ///< failed; empty if there is no set
  std::optional<CaaRecord> unknown{};  ///< a critical property that the CA does not know, or one
                                       ///< that it cannot read
  bool uses_issuewild = false;         ///< issuewild properties stand in place of the issue ones
  std::vector<CaaProperty> properties{};  ///< those that count for the identifier
};

/// Judges the answers, the name itself first, then its parents from the nearest upwards; the first
/// one with records counts, and what stands above it does not.
///
/// The account is compared in clear under every dialect. Unknown where an answer on the way is
/// missing. Source: RFC 8659 sections 3 and 4, RFC 8657 sections 3 and 4,
/// draft-ietf-acme-dns-persist-02 section 7.7.
CaaJudgement judge_caa(std::span<const CaaAnswer> answers, const Requirement& required,
                       const CaProfile& ca, UnixTime now);

/// The evaluation of a name, once CAA was judged too: what the records authorise, CAA may still
/// forbid. Source: RFC 8659 section 3; the error types are those of RFC 8555 section 6.7.
Evaluation with_caa(Evaluation evaluation, const CaaJudgement& caa);

}  // namespace persist::record
