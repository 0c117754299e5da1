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
  entry.persist_until = {.kind = Kind::at_most, .at_most = std::chrono::hours{400 * 24}};
  return entry;
}

void bound_the_end(Subject& subject) {
  static const config::DomainEntry entry = make_entry();
  subject.entry = &entry;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.entry == nullptr || subject.entry->persist_until.kind != Kind::at_most) return {};
  const UnixTime latest = add(subject.now, subject.entry->persist_until.at_most);
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (!authorizes(record)) return {};
    const auto& until = record.judgement->record->persist_until;
    if (until && *until <= latest) return {};
    return Finding{
        .message = until ? fmt::format("the record ends at {}, the list allows {} at the latest",
                                       to_rfc3339(*until), to_rfc3339(latest))
                         : fmt::format("the record has no end, the list allows {} at the latest",
                                       to_rfc3339(latest)),
        .span =
            until ? record.value_span(*record.find(record::persist_until_tag)) : record.whole()};
  });
}

}  // namespace

extern const Rule persistuntil_too_far{
    .id = "DP513",
    .name = "persistuntil-too-far",
    .level = Level::warning,
    .title = "the record lasts longer than the list allows",
    .rationale =
        "The list bounds how long a record of the name may last. A forgotten record would "
        "outlive that bound.",
    .remedy = "Write an earlier persistUntil.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1798761600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .arrange = bound_the_end,
         .note = "The list says persist_until: {at_most: 400d}."},
    .check = check,
};

}  // namespace persist::rules
