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
  entry.persist_until.kind = Kind::required;
  return entry;
}

void demand_an_end(Subject& subject) {
  static const config::DomainEntry entry = make_entry();
  subject.entry = &entry;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.entry == nullptr || subject.entry->persist_until.kind != Kind::required) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (!authorizes(record)) return {};
    const auto& until = record.judgement->record->persist_until;
    if (until) return {};
    return Finding{.message = "the record has no persistUntil, the list demands one",
                   .span = record.whole()};
  });
}

}  // namespace

extern const Rule persistuntil_required{
    .id = "DP511",
    .name = "persistuntil-required",
    .level = Level::error,
    .title = "the record has no end, the list demands one",
    .rationale =
        "The list says that every record of the name must end. A record without persistUntil "
        "stays valid until somebody removes it.",
    .remedy = "Add persistUntil to the record.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
         .arrange = demand_an_end,
         .note = "The list says persist_until: required."},
    .check = check,
};

}  // namespace persist::rules
