#include "rules/caa_fault.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  return caa_fault(subject, record::Reason::caa_validationmethods);
}

void list_another_method(Subject& subject) {
  set_caa(subject, {{.tag = "issue", .value = "ca.example; validationmethods=dns-01"}});
}

}  // namespace

extern const Rule caa_validationmethods{
    .id = "DP602",
    .name = "caa-validationmethods",
    .level = Level::error,
    .title = "the CAA records do not permit dns-persist-01",
    .rationale =
        "With validationmethods a CAA record permits the listed methods only. Lists written for "
        "http-01 or dns-01 forbid dns-persist-01, and so does a parameter that stands there twice.",
    .remedy = "Add dns-persist-01 to validationmethods in the CAA record.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.7; RFC 8657, section 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = permit_by_caa,
                .spoil = list_another_method,
                .note = "The CAA record of the good example lists dns-persist-01, that of the bad "
                        "one dns-01 alone."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
