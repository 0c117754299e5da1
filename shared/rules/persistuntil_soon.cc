#include <fmt/format.h>
#include <algorithm>

#include "base/unix_time.h"
#include "record/persist_record.h"
#include "rules/record_end.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::chrono::hours margin{7 * 24};

/// Up to here an end is soon.
UnixTime horizon(const Subject& subject) {
  const UnixTime usual = add(subject.now, subject.warn_before);
  const auto renewal = next_renewal(subject);
  return renewal ? std::max(usual, add(*renewal, margin)) : usual;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  const Anatomy* const record = last_to_end(subject, records);
  if (record == nullptr) return {};
  const UnixTime end = *end_of(subject, *record);
  const auto renewal = next_renewal(subject);
  // Before the renewal is an error of its own.
  if (end > horizon(subject) || (renewal && end < *renewal)) return {};
  return {{.message = fmt::format("the record ends at {}, in {}", to_rfc3339(end),
                                  to_words(seconds_between(subject.now, end))),
           .span = record->value_span(*record->find(record::persist_until_tag))}};
}

}  // namespace

extern const Rule persistuntil_soon{
    .id = "DP505",
    .name = "persistuntil-soon",
    .level = Level::warning,
    .title = "the record ends soon",
    .rationale =
        "After the second in persistUntil every order fails. There is still time to publish a "
        "later one.",
    .remedy = "Write a later persistUntil, or leave it out.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1795651200"}},
    .check = check,
};

}  // namespace persist::rules
