#include "rules/account_fault.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_account_fault(subject, records, AccountFault::directory_url,
                            "the address of the CA,");
}

}  // namespace

extern const Rule accounturi_directory_url{
    .id = "DP313",
    .name = "accounturi-directory-url",
    .level = Level::error,
    .title = "accounturi is the directory URL",
    .rationale =
        "The directory URL belongs to the CA and names no account. The CA compares the account "
        "URL, octet by octet.",
    .remedy = "Write the account URL, as the CA gave it in the Location header.",
    .citation =
        "draft-ietf-acme-dns-persist-02, section 4.1, item 3; RFC 8555, sections 7.1.1 and 7.3",
    .example =
        {.good = {"letsencrypt.org; "
                  "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
         .bad = {"letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/directory"},
         .arrange = use_lets_encrypt,
         .note = "The CA is Let's Encrypt."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
