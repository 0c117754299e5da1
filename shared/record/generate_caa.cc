#include "record/generate_caa.h"

#include <fmt/format.h>

namespace persist::record {
namespace {

constexpr std::string_view nobody = ";";

/// True if the set lets exactly the identifiers of `scope` through.
bool holds(const std::vector<CaaRecord>& rrset, const Requirement& required, const CaProfile& ca,
           const CaaScope& scope, UnixTime now) {
  const std::vector<CaaAnswer> answers{
      {.name = required.identifier.name, .outcome = DnsOutcome::answered, .rrset = rrset}};
  for (const bool wildcard : {false, true}) {
    Requirement wanted = required;
    wanted.identifier.wildcard = wildcard;
    const bool is_let_through = judge_caa(answers, wanted, ca, now).outcome == Outcome::authorized;
    if (is_let_through != (wildcard ? scope.wildcard : scope.name)) return false;
  }
  return true;
}

}  // namespace

std::string to_caa_value(const Requirement& required) {
  return fmt::format("{}; accounturi={}; validationmethods={}",
                     required.issuer_domain_names.front().text(), required.account.url,
                     validation_method);
}

Expected<std::vector<CaaRecord>, GenerateError> generate_caa(const Requirement& required,
                                                             const CaProfile& ca,
                                                             const CaaScope& scope, UnixTime now) {
  if (required.issuer_domain_names.empty())
    return Unexpected(GenerateError{GenerateErrorCode::no_issuer});
  if (const auto offset = find_uri_fault(required.account.url))
    return Unexpected(GenerateError{GenerateErrorCode::bad_accounturi, *offset});
  const std::string permit = to_caa_value(required);
  const std::vector<CaaRecord> rrset{
      {.tag = "issue", .value = scope.name ? permit : std::string(nobody)},
      {.tag = "issuewild", .value = scope.wildcard ? permit : std::string(nobody)}};
  for (const CaProfile* judge : {&ca, find_profile("strict-01")}) {
    if (holds(rrset, required, *judge, scope, now)) continue;
    return Unexpected(
        GenerateError{.code = GenerateErrorCode::not_authorized, .reason = Reason::caa_forbids});
  }
  return rrset;
}

std::string to_caa_text(const CaaRecord& record) {
  return fmt::format("{} {} \"{}\"", record.flags, record.tag, to_escaped_text(record.value));
}

std::string to_zone_line(const DomainName& owner, std::chrono::seconds ttl,
                         const CaaRecord& record) {
  return fmt::format("{}. {} IN CAA {}", owner.text(), ttl.count(), to_caa_text(record));
}

}  // namespace persist::record
