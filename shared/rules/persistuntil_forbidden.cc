#include <fmt/format.h>

#include "base/unix_time.h"
#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/record_end.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

using Kind = config::PersistUntilWish::Kind;

/// An entry with one wish beside the name.
config::DomainEntry make_entry() {
  config::DomainEntry entry{
      .identifier = {.name = record::DomainName::parse("example.com").value()}};
  entry.persist_until.kind = Kind::forbidden;
  return entry;
}

void forbid_an_end(Subject& subject) {
  static const config::DomainEntry entry = make_entry();
  subject.entry = &entry;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.entry == nullptr || subject.entry->persist_until.kind != Kind::forbidden) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (!authorizes(record)) return {};
    const auto& until = record.judgement->record->persist_until;
    if (!until) return {};
    return Finding{.message = fmt::format("the record ends at {}, the list forbids an end",
                                          to_rfc3339(*until)),
                   .span = record.value_span(*record.find(record::persist_until_tag))};
  });
}

}  // namespace

extern const Rule persistuntil_forbidden{
    .id = "DP512",
    .name = "persistuntil-forbidden",
    .level = Level::error,
    .title = "the record has an end, the list forbids one",
    .rationale = "The list says that no record of the name may end by itself. This one will.",
    .remedy = "Remove persistUntil from the record.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .arrange = forbid_an_end,
         .note = "The list says persist_until: forbidden."},
    .check = check,
};

}  // namespace persist::rules
