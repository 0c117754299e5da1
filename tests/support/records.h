#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/evaluate.h"

namespace persist::testing {

/// The CA, the account and the time of most tests.
inline const std::string issuer = "ca.example";
inline const std::string account_url = "https://ca.example/acct/1";
inline const std::string usual_record = issuer + "; accounturi=" + account_url;
inline constexpr UnixTime now{1'795'219'200};  // 2026-11-21T00:00:00Z

inline record::DomainName name(std::string_view text) {
  return *record::DomainName::parse(text);
}

/// A TXT record of one character-string, whatever its length.
inline record::TxtRecord txt(std::string text) {
  return {.character_strings = {std::move(text)}};
}

inline std::vector<record::TxtRecord> txts(const std::vector<std::string>& texts) {
  std::vector<record::TxtRecord> rrset;
  for (const std::string& text : texts) rrset.push_back(txt(text));
  return rrset;
}

/// The account above wants `identifier` of the CA above.
inline record::Requirement wanting(std::string_view identifier) {
  return {.identifier = *record::parse_identifier(identifier),
          .issuer_domain_names = {name(issuer)},
          .account = {.url = account_url}};
}

inline const record::CaProfile& profile(std::string_view id) {
  return *record::find_profile(id);
}

/// What the CA makes of these records at the name itself.
inline record::Evaluation evaluate_at_name(const std::vector<record::TxtRecord>& rrset,
                                           const record::Requirement& required,
                                           const record::CaProfile& ca) {
  const std::vector<record::NameAnswer> answers{
      {required.identifier.name, record::DnsOutcome::answered, rrset}};
  return record::evaluate(answers, required, ca, now);
}

/// The outcome in words: `authorized`, `refused unauthorized expired`.
inline std::string verdict(const record::Evaluation& evaluation) {
  std::string text(record::to_text(evaluation.outcome));
  if (evaluation.error) text.append(" ").append(record::to_text(*evaluation.error));
  if (evaluation.reason) text.append(" ").append(record::to_code(*evaluation.reason));
  return text;
}

}  // namespace persist::testing
