#include <fmt/format.h>

#include "base/escape.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

void deactivate(Subject& subject) {
  subject.required.account.status = record::AccountStatus::deactivated;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  const record::Account& account = subject.required.account;
  if (account.status == record::AccountStatus::valid) return {};
  return {{.message = fmt::format(
               "account {} is {}", quote(account.url),
               account.status == record::AccountStatus::revoked ? "revoked" : "deactivated")}};
}

}  // namespace

extern const Rule account_deactivated{
    .id = "DP703",
    .name = "account-deactivated",
    .level = Level::error,
    .title = "the CA says that the account is not valid",
    .rationale =
        "A deactivated or revoked account never gets a certificate again, whatever its records "
        "say.",
    .remedy = "Make a new account, and publish a record that names it.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.2, rule 1; RFC 8555, section 7.3.6",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .spoil = deactivate,
                .note = "In the bad example the CA has deactivated the account."},
    .check = check,
};

}  // namespace persist::rules
