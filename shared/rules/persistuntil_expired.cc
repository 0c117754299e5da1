#include <fmt/format.h>

#include "base/unix_time.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/record_end.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (!record.looks_meant_for_us || !end_of(subject, record)) return {};
    const UnixTime written = *record.judgement->record->persist_until;
    if (subject.now <= written || record.account_fault == AccountFault::other_account) return {};
    return Finding{.message = fmt::format("the record ended at {}, {} ago", to_rfc3339(written),
                                          to_words(seconds_between(written, subject.now))),
                   .span = record.value_span(*record.find(record::persist_until_tag))};
  });
}

}  // namespace

extern const Rule persistuntil_expired{
    .id = "DP504",
    .name = "persistuntil-expired",
    .level = Level::error,
    .title = "the record is past its end",
    .rationale =
        "A CA accepts a record up to and including the second in persistUntil. After it every "
        "order fails.",
    .remedy = "Write a later persistUntil, or leave it out.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1700000000"}},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
