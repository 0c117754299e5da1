#include <fmt/format.h>

#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  if (subject.entry == nullptr || !subject.entry->written_as_ulabel) return {};
  return {{.message = fmt::format("the list writes {} with characters outside ASCII",
                                  subject.required.identifier.text()),
           .hint = fmt::format("write {}", subject.required.identifier.text())}};
}

void write_as_ulabel(Subject& subject) {
  static const config::DomainEntry entry{
      .identifier = {.name = record::DomainName::parse("xn--bcher-kva.example").value()},
      .written_as_ulabel = true};
  subject.required.identifier = entry.identifier;
  subject.entry = &entry;
}

}  // namespace

extern const Rule name_ulabel{
    .id = "DP111",
    .name = "name-ulabel",
    .level = Level::warning,
    .title = "the list writes the name with characters outside ASCII",
    .rationale =
        "ACME, DNS and the hash of dialect 02 know the A-label only. Different characters can look "
        "alike, so what stands in the list may not be the name that people read.",
    .remedy = "Write the A-label (xn--...) in the list and in the zone.",
    .citation = "draft-ietf-acme-dns-persist-02, section 9.2; RFC 5890, section 2.3.2.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .spoil = write_as_ulabel,
                .note = "The bad example is about b\u00fccher.example, written so in the list."},
    .check = check,
};

}  // namespace persist::rules
