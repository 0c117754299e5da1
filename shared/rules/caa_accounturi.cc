#include "rules/caa_fault.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  return caa_fault(subject, record::Reason::caa_accounturi);
}

void name_another_account(Subject& subject) {
  set_caa(subject, {{.tag = "issue", .value = "ca.example; accounturi=https://ca.example/acct/2"}});
}

}  // namespace

extern const Rule caa_accounturi{
    .id = "DP603",
    .name = "caa-accounturi",
    .level = Level::error,
    .title = "the CAA records do not permit the account",
    .rationale =
        "With accounturi a CAA record permits that account only, compared octet by octet. It is "
        "the account URL in clear under every draft, also where the TXT record holds a hash.",
    .remedy = "Write the account URL behind accounturi in the CAA record.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.7; RFC 8657, section 3",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
         .arrange = permit_by_caa,
         .spoil = name_another_account,
         .note =
             "The CAA record of the good example names account 1, that of the bad one account 2."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
