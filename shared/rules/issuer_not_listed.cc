#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/issuer_fault.h"
#include "rules/permitted.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (!says_who(subject)) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.is_ours || record.looks_meant_for_us || !is_alive(subject, record) ||
        permits_issuer(subject, record) || record.issuer_fault != IssuerFault::none) {
      return {};
    }
    return Finding{.message = fmt::format(
                       "a record authorises account {} at {}, a CA that the list does not name",
                       quote(record.judgement->record->accounturi), quote_as_ascii(record.issuer)),
                   .span = record.whole()};
  });
}

}  // namespace

extern const Rule issuer_not_listed{
    .id = "DP331",
    .name = "issuer-not-listed",
    .level = Level::warning,
    .title = "a record authorises a CA that the list does not name",
    .rationale =
        "Every CA with a record is a further way to a certificate for the name. The list says "
        "which CAs are wanted, and this one is not among them.",
    .remedy = "Remove the record, or put an account at that CA on the list.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.3.3",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1",
                        "other-ca.example; accounturi=https://other-ca.example/acct/7"},
                .arrange = list_plain_name,
                .note = "The name is on a list with one account."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
