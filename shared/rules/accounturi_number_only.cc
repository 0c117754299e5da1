#include "rules/account_fault.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_account_fault(subject, records, AccountFault::number_only,
                            "only the end of the account URL,");
}

}  // namespace

extern const Rule accounturi_number_only{
    .id = "DP312",
    .name = "accounturi-number-only",
    .level = Level::error,
    .title = "accounturi is only the number of the account",
    .rationale = "A CA compares the whole account URL, octet by octet. A number alone equals none.",
    .remedy = "Write the whole account URL, as the CA gave it in the Location header.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3; RFC 8555, section 7.3",
    .example = {.good = {"letsencrypt.org; "
                         "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
                .bad = {"letsencrypt.org; accounturi=1234567890"},
                .arrange = use_lets_encrypt,
                .note = "The CA is Let's Encrypt."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
