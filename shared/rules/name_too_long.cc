#include <fmt/format.h>

#include "record/identifier.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  const auto& name = subject.required.identifier.name;
  if (record::has_room_for_label(name)) return {};
  return {{fmt::format(
      "the owner name of the record would have {} octets; a DNS name has at most {}",
      record::validation_label.size() + 1 + name.text().size(), record::longest_name_octets)}};
}

void lengthen_name(Subject& subject) {
  const std::string label = std::string(62, 'a') + ".";
  const auto name =
      record::DomainName::parse(label + label + label + std::string(33, 'a') + ".example.com");
  subject.required.identifier.name = name.value();
}

}  // namespace

extern const Rule name_too_long{
    .id = "DP110",
    .name = "name-too-long",
    .level = Level::error,
    .title = "the name leaves no room for the label _validation-persist",
    .rationale =
        "The record stands at the name with _validation-persist in front, 20 octets more. A DNS "
        "name "
        "has at most 253 octets, so a name of more than 233 cannot use this method.",
    .remedy = "Use another challenge type, or a shorter name.",
    .citation = "RFC 1035, section 2.3.4; draft-ietf-acme-dns-persist-02, section 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .spoil = lengthen_name,
                .note = "The name of the bad example has 234 octets."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
