#include <fmt/format.h>

#include "rules/caa_fault.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  if (!subject.caa || subject.caa->outcome != record::Outcome::authorized ||
      !subject.caa->properties.empty()) {
    return {};
  }
  if (subject.caa->at)
    return {{fmt::format("no CAA record of {} restricts who issues", subject.caa->at->text())}};
  return {{fmt::format("no CAA record at {} or above: every CA may issue",
                       subject.required.identifier.name.text())}};
}

void remove_caa(Subject& subject) {
  set_caa(subject, {});
}

}  // namespace

extern const Rule caa_absent{
    .id = "DP606",
    .name = "caa-absent",
    .level = Level::notice,
    .title = "no CAA record restricts who issues",
    .rationale =
        "The TXT record tells one CA what it may do; it keeps no other CA from issuing. Only CAA "
        "records do that.",
    .remedy = "Publish a CAA record for the CA, its account and the method.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.7; RFC 8659, section 3",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = permit_by_caa,
                .spoil = remove_caa,
                .note = "The good example has a CAA record that permits ca.example, the bad one "
                        "none."},
    .check = check,
};

}  // namespace persist::rules
