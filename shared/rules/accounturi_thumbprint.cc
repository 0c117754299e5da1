#include "rules/account_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_account_fault(subject, records, AccountFault::thumbprint, "a key thumbprint,");
}

}  // namespace

extern const Rule accounturi_thumbprint{
    .id = "DP314",
    .name = "accounturi-thumbprint",
    .level = Level::error,
    .title = "accounturi is the thumbprint of a key",
    .rationale =
        "The thumbprint names the key, as in the tokens of other challenges. The CA compares the "
        "account URL, or a hash made of it.",
    .remedy = "Write the account URL, as the CA gave it in the Location header.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3; RFC 7638",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"}},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
