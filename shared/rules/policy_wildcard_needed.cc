#include <fmt/format.h>

#include "base/ascii.h"
#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

/// Quotes round the value are spoken of by the rule about quotes.
bool is_meant_as_wildcard(const Anatomy& record) {
  const record::Piece* const policy = record.find(record::policy_tag);
  return policy != nullptr &&
         equals_ignoring_case(without_damage(policy->value), record::wildcard_policy);
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.evaluation.outcome == record::Outcome::authorized) return {};
  const record::Identifier& asked = subject.required.identifier;
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.judgement->reason != record::Reason::policy_not_wildcard ||
        is_meant_as_wildcard(record))
      return {};
    const record::DomainName& at = record.judgement->validated_fqdn;
    return Finding{
        .message = fmt::format("{} is wanted, but the record of {} lacks policy=wildcard",
                               asked.text(), at.text()),
        .span = record.whole()};
  });
}

}  // namespace

extern const Rule policy_wildcard_needed{
    .id = "DP401",
    .name = "policy-wildcard-needed",
    .level = Level::error,
    .title = "a wildcard name is wanted, but the record lacks policy=wildcard",
    .rationale =
        "Without policy=wildcard a record covers the exact name only. Every order for the "
        "wildcard name, or for a name below, fails.",
    .remedy = "Add policy=wildcard to the record, or take the wildcard name off the list.",
    .citation = "draft-ietf-acme-dns-persist-02, section 5.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = ask_for_wildcard,
                .note = "The identifier is *.example.com."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
