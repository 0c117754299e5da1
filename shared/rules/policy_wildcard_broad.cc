#include <fmt/format.h>

#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  // Only a list says what else is wanted of the name.
  if (subject.entry == nullptr || subject.wants_wildcard() || subject.wildcard_listed) return {};
  const record::DomainName& name = subject.required.identifier.name;
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const record::Judgement& judgement = *record.judgement;
    if (judgement.reason || !judgement.record->allows_wildcard || judgement.validated_fqdn != name)
      return {};
    return Finding{.message = fmt::format(
                       "the record says policy=wildcard, but only {} is on the list, not *.{}",
                       name.text(), name.text()),
                   .span = record.span(*record.find(record::policy_tag))};
  });
}

}  // namespace

extern const Rule policy_wildcard_broad{
    .id = "DP402",
    .name = "policy-wildcard-broad",
    .level = Level::warning,
    .title = "policy=wildcard, but only the plain name is wanted",
    .rationale =
        "With policy=wildcard whoever holds the account key gets certificates for every name "
        "below, delegated and forgotten ones included. The list wants the plain name only.",
    .remedy = "Remove policy=wildcard, or put the wildcard name on the list.",
    .citation = "draft-ietf-acme-dns-persist-02, section 5.1 and 7.3",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
                .arrange = list_plain_name,
                .note = "The name is on a list, without a wildcard."},
    .check = check,
};

}  // namespace persist::rules
