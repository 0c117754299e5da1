#include "record/caa_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "record/explain.h"
#include "record/generate_caa.h"
#include "record/issue_value.h"

namespace persist::record {
namespace {

constexpr std::size_t longest_quote = 80;
constexpr std::size_t most_issuers = 3;

/// The CAs that are permitted in place of ours; each once.
std::vector<std::string> issuers_of(const std::vector<CaaProperty>& properties) {
  std::vector<std::string> issuers;
  for (const CaaProperty& property : properties) {
    const std::string issuer(PieceReader(property.found.value).issuer());
    if (issuer.empty() || std::find(issuers.begin(), issuers.end(), issuer) != issuers.end()) {
      continue;
    }
    issuers.push_back(issuer);
  }
  return issuers;
}

std::string describe_others(const CaaJudgement& judgement, const Circumstances& on) {
  const auto issuers = issuers_of(judgement.properties);
  std::string permitted;
  for (std::size_t i = 0; i < std::min(issuers.size(), most_issuers); ++i) {
    permitted += (i == 0 ? "" : " and ") + quote_as_ascii(issuers[i], longest_quote);
  }
  if (issuers.size() > most_issuers)
    permitted += fmt::format(" and {} more", issuers.size() - most_issuers);
  return fmt::format("the {} records of {} permit {}",
                     judgement.uses_issuewild ? "issuewild" : "CAA", judgement.at->text(),
                     permitted.empty()
                         ? "no CA"
                         : permitted + ", not " + names_of(on.required.issuer_domain_names));
}

/// What stands behind `tag` in the property; more than one if it is repeated.
std::vector<std::string> values_of(const CaaProperty& property, std::string_view tag,
                                   const CaaRules& rules) {
  std::vector<std::string> values;
  PieceReader pieces(property.found.value);
  while (const auto piece = pieces.next()) {
    if (is_same_tag(piece->tag, tag, rules)) values.emplace_back(piece->value);
  }
  return values;
}

bool is_method_list(std::string_view value) {
  return value.empty() || (!contains("," + std::string(value) + ",", ",,") &&
                           std::all_of(value.begin(), value.end(), [](char c) {
                             return is_alphanumeric(c) || c == '-' || c == ',';
                           }));
}

std::string describe_parameter(Reason reason, const CaaProperty& property,
                               const Circumstances& on) {
  const bool is_account = reason == Reason::caa_accounturi;
  const std::string_view tag = is_account ? "accounturi" : "validationmethods";
  const auto values = values_of(property, tag, on.ca.reading.caa);
  if (values.size() != 1) return fmt::format("has {} twice, which nothing satisfies", tag);
  const std::string found = quote(values.front(), longest_quote);
  if (is_account) {
    return fmt::format("permits the account {}, not {}", found,
                       quote(on.required.account.url, longest_quote));
  }
  if (!is_method_list(values.front()))
    return fmt::format("has the malformed list {} of validationmethods", found);
  return fmt::format("permits the methods {}, not {}", found, validation_method);
}

}  // namespace

std::string describe(const CaaJudgement& judgement, const Circumstances& on) {
  if (!judgement.reason || !judgement.at) return "";
  const std::string at = judgement.at->text();
  if (judgement.reason == Reason::dns_suspicious) {
    return fmt::format(
        "the record is good, but the resolver itself calls its answer about the CAA records of {} "
        "stale, filtered or forged",
        at);
  }
  if (judgement.outcome == Outcome::unknown && judgement.unknown) {
    return fmt::format("the record is good, but a CAA record of {} ends before its tag", at);
  }
  if (judgement.outcome == Outcome::unknown) {
    return fmt::format("the record is good, but the CAA records of {} could not be looked up", at);
  }
  if (judgement.unknown) {
    return fmt::format(
        "the CAA record of {} with the tag {} is critical, and the CA does not know it", at,
        quote(judgement.unknown->tag, longest_quote));
  }
  const std::string subject =
      fmt::format("the CAA record of {} for {} ", at, names_of(on.required.issuer_domain_names));
  for (const CaaProperty& property : judgement.properties) {
    if (!property.is_for_ca()) continue;
    return subject + describe_parameter(*judgement.reason, property, on);
  }
  for (const CaaProperty& property : judgement.properties) {
    if (!property.names_ca) continue;
    return subject + "is malformed: " + quote(property.found.value, longest_quote);
  }
  return describe_others(judgement, on);
}

std::string to_zone_line(const CaaJudgement& judgement, const Requirement& required,
                         std::chrono::seconds ttl) {
  const bool is_hopeless = judgement.unknown || required.issuer_domain_names.empty();
  if (judgement.outcome != Outcome::refused || is_hopeless) return "";
  return to_zone_line(*judgement.at, ttl,
                      CaaRecord{.tag = judgement.uses_issuewild ? "issuewild" : "issue",
                                .value = to_caa_value(required)});
}

}  // namespace persist::record
