#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/caa.h"
#include "record/caa_text.h"
#include "support/records.h"

namespace persist::testing {

inline record::CaaRecord issue(std::string value) {
  return {.tag = "issue", .value = std::move(value)};
}

inline record::CaaRecord issuewild(std::string value) {
  return {.tag = "issuewild", .value = std::move(value)};
}

/// Of the name, its parent and so on upwards; names of which nothing is known have no set.
inline std::vector<record::CaaAnswer> answers_for(std::string_view identifier,
                                                  std::vector<record::CaaAnswer> known) {
  std::vector<record::CaaAnswer> answers;
  std::optional<record::DomainName> at = record::parse_identifier(identifier)->name;
  for (; at; at = at->parent()) {
    record::CaaAnswer answer{.name = *at, .outcome = record::DnsOutcome::nodata};
    for (record::CaaAnswer& row : known) {
      if (row.name == *at) answer = std::move(row);
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

inline record::CaaAnswer set_at(std::string_view at, std::vector<record::CaaRecord> rrset) {
  return {.name = name(at), .outcome = record::DnsOutcome::answered, .rrset = std::move(rrset)};
}

inline record::CaaAnswer without_set(std::string_view at, record::DnsOutcome outcome) {
  return {.name = name(at), .outcome = outcome};
}

/// `authorized`, or outcome, reason and sentence.
inline std::string say(const std::vector<record::CaaAnswer>& answers,
                       const record::Requirement& required, const record::CaProfile& ca,
                       UnixTime at = now) {
  const auto judgement = record::judge_caa(answers, required, ca, at);
  std::string text(record::to_text(judgement.outcome));
  if (!judgement.reason) return text;
  text.append(" ").append(record::to_code(*judgement.reason)).append(": ");
  return text + record::describe(judgement, {required, ca, at});
}

}  // namespace persist::testing
