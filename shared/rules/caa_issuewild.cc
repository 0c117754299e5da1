#include "rules/caa_fault.h"
#include "rules/example_subjects.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  return caa_fault(subject, record::Reason::caa_issuewild);
}

void arrange_wildcard(Subject& subject) {
  ask_for_wildcard(subject);
  permit_by_caa(subject);
}

void forbid_wildcards(Subject& subject) {
  set_caa(subject, {{.tag = "issue", .value = "ca.example"}, {.tag = "issuewild", .value = ";"}});
}

}  // namespace

extern const Rule caa_issuewild{
    .id = "DP604",
    .name = "caa-issuewild",
    .level = Level::error,
    .title = "the issuewild records do not permit the CA",
    .rationale =
        "For wildcard names the property issuewild, where there is one, counts in place of issue. "
        "A single record for another CA, or for nobody, forbids the rest.",
    .remedy = "Add a CAA record with the property issuewild for this CA.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.7; RFC 8659, section 4.3",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
         .arrange = arrange_wildcard,
         .spoil = forbid_wildcards,
         .note = "The identifier is *.example.com; in the bad example issuewild permits nobody."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
