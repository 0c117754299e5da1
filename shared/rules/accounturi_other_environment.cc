#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/permitted.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::other_environment) return {};
    if (find_permitted(subject, record) != nullptr &&
        subject.evaluation.outcome == record::Outcome::authorized) {
      return {};
    }
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    const record::CaProfile* const other = record::find_profile_by_account(accounturi.value);
    return Finding{.message = fmt::format("accounturi is an account of {}, {}, expected {}",
                                          other == nullptr ? "the other environment" : other->title,
                                          quote(accounturi.value),
                                          quote(expected_accounturi(subject, record))),
                   .span = record.value_span(accounturi)};
  });
}

}  // namespace

extern const Rule accounturi_other_environment{
    .id = "DP311",
    .name = "accounturi-other-environment",
    .level = Level::error,
    .title = "the record names an account of the CA's other environment",
    .rationale =
        "Staging and production of a CA share the issuer-domain-name, but not the accounts. A "
        "record for one does nothing at the other.",
    .remedy = "Publish the account URL of this environment.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3; RFC 8555, section 7.3",
    .example =
        {.good = {"letsencrypt.org; "
                  "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
         .bad = {"letsencrypt.org; "
                 "accounturi=https://acme-staging-v02.api.letsencrypt.org/acme/acct/1234567890"},
         .arrange = use_lets_encrypt,
         .note = "The CA is Let's Encrypt."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
