#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/permitted.h"
#include "rules/record_end.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

/// Where no record authorises, the check of the CA itself says that this one is for another
/// account.
bool is_said_elsewhere(const Subject& subject, const Anatomy& record) {
  if (!record.is_ours) return has_own_check(subject, record);
  return subject.evaluation.outcome != record::Outcome::authorized ||
         record.account_fault != AccountFault::other_account;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (!says_who(subject)) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (authorizes(record) || !is_alive(subject, record) || !permits_issuer(subject, record) ||
        find_permitted(subject, record) != nullptr || is_said_elsewhere(subject, record)) {
      return {};
    }
    return Finding{
        .message = fmt::format("a record authorises account {} at {}, which the list does not name",
                               quote(record.judgement->record->accounturi), escape(record.issuer)),
        .span = record.value_span(*record.find(record::accounturi_tag))};
  });
}

}  // namespace

extern const Rule account_not_listed{
    .id = "DP332",
    .name = "account-not-listed",
    .level = Level::warning,
    .title = "a record authorises an account that the list does not name",
    .rationale =
        "Whoever holds the key of that account gets certificates for the name. The list says "
        "which accounts are wanted, and this one is not among them.",
    .remedy = "Remove the record, or name the account under also_permitted.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.3.3 and 7.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1",
                        "ca.example; accounturi=https://ca.example/acct/9"},
                .arrange = list_plain_name,
                .note = "The name is on a list with one account."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
