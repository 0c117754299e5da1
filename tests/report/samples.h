#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/evaluate.h"
#include "report/check_result.h"

namespace persist::report {

constexpr UnixTime sample_now{1'795'219'200};  // 2026-11-21T00:00:00Z
constexpr std::string_view sample_account =
    "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890";

inline record::TxtRecord txt(std::vector<std::string> character_strings) {
  return {.character_strings = std::move(character_strings), .ttl = std::chrono::seconds{300}};
}

/// A good record of the sample account, with `rest` behind it.
inline std::string good_value(std::string_view rest = {}) {
  return "letsencrypt.org; accounturi=" + std::string(sample_account) + std::string(rest);
}

/// The check of `identifier` where DNS gave `rrset`; nothing but the verdict is filled in.
inline CheckResult sample_check(std::string_view identifier, record::DnsOutcome outcome,
                                std::vector<record::TxtRecord> rrset = {}) {
  const record::CaProfile& ca = *record::find_profile("letsencrypt");
  const record::Identifier wanted = record::parse_identifier(identifier).value();
  const record::Requirement required{
      .identifier = wanted,
      .issuer_domain_names = {record::DomainName::parse("letsencrypt.org").value()},
      .account = {.url = std::string(sample_account)},
  };
  const record::NameAnswer answer{wanted.name, outcome, std::move(rrset)};
  return {.identifier = wanted,
          .owner = "_validation-persist." + wanted.name.text(),
          .ca = ca.id,
          .evaluation = record::evaluate({&answer, 1}, required, ca, sample_now),
          .now = sample_now};
}

inline CheckResult answered(std::string_view identifier, std::vector<record::TxtRecord> rrset) {
  return sample_check(identifier, record::DnsOutcome::answered, std::move(rrset));
}

/// A run over a short list: every verdict, every level, records of every kind.
inline std::vector<CheckResult> sample_checks() {
  CheckResult good = answered("example.com", {txt({good_value()}), txt({"v=spf1 -all"})});
  good.account_label = "le-prod";
  good.account_url = sample_account;
  good.account_source = "list";
  good.dnssec_validated = true;
  good.message = "authorized at letsencrypt (wildcard: no; until: never)";
  good.caa = record::CaaJudgement{.outcome = record::Outcome::authorized};
  good.labels = {{"team", "payments"}, {"\u00fcber", "caf\u00e9"}};
  good.location = {"domains.yaml", 8, 5};
  good.findings = {{.severity = Severity::notice,
                    .rule = "DP606",
                    .name = "caa-absent",
                    .message = "no CAA record at example.com or above"}};

  CheckResult wildcard =
      answered("*.example.org",
               {txt({good_value("; policy=wildcards"), "; persistUntil=1800000000"}),
                txt({"letsencrypt.org; accounturi=\xff\xfe\x1b[2J"}), txt({"10.1.2.3 secret"})});
  wildcard.account_url = sample_account;
  wildcard.account_source = "flag";
  wildcard.alias_chain = {"vp.host.example."};
  wildcard.message = "refused: the record of example.org lacks policy=wildcard";
  wildcard.publish = {"_validation-persist.example.org. 300 IN TXT \"letsencrypt.org; x\""};
  wildcard.location = {"domains.yaml", 9, 5};
  wildcard.findings = {{.severity = Severity::error,
                        .rule = "DP401",
                        .name = "policy-wildcard-needed",
                        .message = "*.example.org is listed, but the record lacks policy=wildcard",
                        .hint = "write policy=wildcard",
                        .span = ValueSpan{0, good_value("; ").size(), 16}},
                       {.location = {"domains.yaml", 12, 0},
                        .severity = Severity::warning,
                        .rule = "DP005",
                        .name = "ignore-expired",
                        .message = "an ignore is past its end date"},
                       {.severity = Severity::warning,
                        .rule = "DP306",
                        .name = "issuer-unknown",
                        .message = "a record names nobody",
                        .span = ValueSpan{2, 0, 8}}};

  CheckResult silent = sample_check("silent.example", record::DnsOutcome::failed);
  silent.message = "unknown: no answer for _validation-persist.silent.example: timed out";
  silent.location = {"domains.yaml", 13, 5};
  return {good, wildcard, silent};
}

inline Summary sample_summary() {
  return {.checks = 3,
          .authorized = 1,
          .refused = 1,
          .unknown = 1,
          .errors = 1,
          .warnings = 2,
          .notices = 1,
          .suppressed = 4,
          .now = sample_now};
}

}  // namespace persist::report
