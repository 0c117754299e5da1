#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/unix_time.h"
#include "record/account_binding.h"
#include "record/ca_profile.h"
#include "record/domain_name.h"
#include "record/identifier.h"
#include "record/persist_record.h"
#include "record/syntax_error.h"
#include "record/txt_record.h"

namespace persist::record {

/// What DNS said. A complete NOERROR or NXDOMAIN answer to our own question, or no trustworthy one.
enum class DnsOutcome {
  answered,    ///< TXT records
  nodata,      ///< the name exists without TXT
  nxdomain,    ///< the name does not exist
  failed,      ///< no trustworthy answer
  suspicious,  ///< an answer that its own resolver calls forged, blocked, censored, filtered,
               ///< prohibited or stale
};

/// What DNS said at one name: the name itself, or a parent of it when climbing.
struct NameAnswer {
  DomainName validated_fqdn;
  DnsOutcome outcome;
  std::vector<TxtRecord> rrset{};
};

/// What is wanted, of whom.
struct Requirement {
  Identifier identifier;
  std::vector<DomainName> issuer_domain_names;  ///< from profile, directory or challenge; 1 to 10
  Account account;
  std::string account_hash_prefix{};     ///< dialect 02
  std::vector<std::string> hash_algs{};  ///< dialect 02
  bool climb = false;                    ///< the CA looks at parents for a wildcard record
};

/// Why a record, or a name, does not authorise; in the order in which a CA looks.
enum class Reason {
  identifier_not_dns,
  name_too_long,
  dns_failure,
  dns_suspicious,
  nxdomain,
  no_record,
  issuer_mismatch,
  bad_issuer,
  empty_parameter,
  missing_equals,
  empty_tag,
  bad_tag,
  bad_value,
  duplicate_parameter,
  accounturi_missing,
  accounturi_empty,
  persist_until_malformed,
  hash_prefix,
  hash_alg,
  hash_format,
  account_deactivated,
  accounturi_mismatch,
  hash_mismatch,
  policy_not_wildcard,
  expired,
  subdomain_not_authorized,
  caa_forbids,
  caa_validationmethods,
  caa_accounturi,
  caa_issuewild,
};

/// The last enumerator, for whoever goes through all of them.
inline constexpr Reason last_reason = Reason::caa_issuewild;

/// The code by which a reason is known outside: `policy-not-wildcard`.
std::string_view to_code(Reason reason);

enum class Outcome { authorized, refused, unknown };
std::string_view to_text(Outcome outcome);

/// One record's part in the outcome.
struct Judgement {
  TxtRecord found;
  DomainName validated_fqdn;  ///< the name at which it stands
  Expected<PersistRecord, SyntaxError>
      record;                      ///< as this CA reads it; offsets are those of `found.text()`
  std::optional<Reason> reason{};  ///< why it does not authorise; empty if it does
  bool open = false;  ///< it would authorise if something held that we cannot see (an earlier key,
                      ///< a newer dialect)
};

struct Evaluation {
  Outcome outcome;
  std::optional<Reason> reason{};       ///< empty if authorized
  std::optional<AcmeError> error{};     ///< what the CA would answer; empty if authorized
  std::vector<Judgement> judgements{};  ///< one a record, in answer order
};

/// Judges the answers, the name itself first, then its parents from the nearest upwards (looked at
/// only if `required.climb`).
///
/// One record that authorises is enough, whatever stands beside it; permissions of two records are
/// never combined. Without one, the first malformed record that names the issuer decides, else the
/// first other one that does. The outcome is unknown where an answer is missing, and where a record
/// would authorise if the account had an earlier key that we do not know, or if the CA had moved to
/// the other dialect and `ca.dialect_is_certain` is false. Source: draft-ietf-acme-dns-persist-02
/// sections 4.1 to 4.3, 5, 6 and 9.3.1.
Evaluation evaluate(std::span<const NameAnswer> answers, const Requirement& required,
                    const CaProfile& ca, UnixTime now);

/// The same for a name that no CA would look up: an address, or a name without room for the label.
Evaluation evaluate_unsent(Reason reason, const CaProfile& ca);

}  // namespace persist::record
