#include "rules/account_fault.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_account_fault(subject, records, AccountFault::legacy_acmev1,
                            "an account URL of the first ACME version,");
}

}  // namespace

extern const Rule accounturi_legacy_acmev1{
    .id = "DP315",
    .name = "accounturi-legacy-acmev1",
    .level = Level::error,
    .title = "accounturi has the form of the first version of ACME",
    .rationale =
        "The CA has other account URLs since ACME became a standard. It does not translate the "
        "old ones when it compares.",
    .remedy = "Write the account URL, as the CA gave it in the Location header.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3; RFC 8555, section 7.3",
    .example = {.good = {"letsencrypt.org; "
                         "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
                .bad = {"letsencrypt.org; "
                        "accounturi=https://acme-v01.api.letsencrypt.org/acme/reg/1234567890"},
                .arrange = use_lets_encrypt,
                .note = "The CA is Let's Encrypt."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
