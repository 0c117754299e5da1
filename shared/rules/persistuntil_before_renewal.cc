#include <fmt/format.h>

#include "base/unix_time.h"
#include "record/persist_record.h"
#include "rules/record_end.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

/// An entry with one wish beside the name.
config::DomainEntry make_entry() {
  config::DomainEntry entry{
      .identifier = {.name = record::DomainName::parse("example.com").value()}};
  entry.renew_every = std::chrono::hours{60 * 24};
  return entry;
}

void renew_after_60_days(Subject& subject) {
  static const config::DomainEntry entry = make_entry();
  subject.entry = &entry;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  const auto renewal = next_renewal(subject);
  const Anatomy* const record = renewal ? last_to_end(subject, records) : nullptr;
  if (record == nullptr) return {};
  const UnixTime end = *end_of(subject, *record);
  if (end >= *renewal) return {};
  return {{.message = fmt::format("the record ends at {}, before the next renewal at {}",
                                  to_rfc3339(end), to_rfc3339(*renewal)),
           .span = record->value_span(*record->find(record::persist_until_tag))}};
}

}  // namespace

extern const Rule persistuntil_before_renewal{
    .id = "DP510",
    .name = "persistuntil-before-renewal",
    .level = Level::error,
    .title = "the record ends before the next renewal",
    .rationale =
        "The record authorises today, but not when the certificate is renewed next. That renewal "
        "would fail.",
    .remedy = "Write a persistUntil after the next renewal, or leave it out.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1798761600"},
         .arrange = renew_after_60_days,
         .note = "The list says renew_every: 60d."},
    .check = check,
};

}  // namespace persist::rules
