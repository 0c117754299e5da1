#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/record_end.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  // Where the list says what it wants, other rules speak.
  if (subject.entry != nullptr &&
      subject.entry->persist_until.kind != config::PersistUntilWish::Kind::any)
    return {};
  return collect(records, [](const Anatomy& record) -> std::optional<Finding> {
    if (!authorizes(record)) return {};
    const record::PersistRecord& read = *record.judgement->record;
    if (!read.allows_wildcard || read.persist_until) return {};
    return Finding{.message = "the record has policy=wildcard and no persistUntil",
                   .span = record.span(*record.find(record::policy_tag))};
  });
}

}  // namespace

extern const Rule persistuntil_absent{
    .id = "DP514",
    .name = "persistuntil-absent",
    .level = Level::notice,
    .title = "a wildcard record without an end",
    .rationale =
        "A record with policy=wildcard lets the account have every name below for as long as it "
        "stands. An end bounds what a forgotten record can do.",
    .remedy = "Add persistUntil, and renew it in time.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.3 and 7.11",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard; "
                         "persistUntil=1830297600"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"}},
    .check = check,
};

}  // namespace persist::rules
