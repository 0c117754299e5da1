#include "rules/caa_fault.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  return caa_fault(subject, record::Reason::caa_forbids);
}

void name_another_ca(Subject& subject) {
  set_caa(subject, {{.tag = "issue", .value = "other-ca.example"}});
}

}  // namespace

extern const Rule caa_forbids{
    .id = "DP601",
    .name = "caa-forbids",
    .level = Level::error,
    .title = "the CAA records do not permit the CA",
    .rationale =
        "A CA must not issue where the CAA records of the name, or of the nearest parent that has "
        "any, do not name it, or hold a critical property that it does not know. A good TXT record "
        "changes nothing.",
    .remedy =
        "Add a CAA record with the property issue for this CA, and remove critical ones that it "
        "does not know.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.7; RFC 8659, sections 3 and 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = permit_by_caa,
                .spoil = name_another_ca,
                .note = "The CAA record of the good example permits ca.example, that of the bad "
                        "one other-ca.example."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
