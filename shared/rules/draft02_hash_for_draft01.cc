#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  // For a migration both forms stand side by side.
  if (subject.evaluation.outcome == record::Outcome::authorized) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::hashed) return {};
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    Finding finding{
        .message = fmt::format(
            "accounturi is a hash of draft -02, {}, the CA wants the account URL in clear: {}",
            quote(accounturi.value), quote(expected_accounturi(subject, record))),
        .span = record.value_span(accounturi)};
    // The CA may have moved on since our table was made.
    if (record.judgement->open) finding.severity = report::Severity::warning;
    return finding;
  });
}

}  // namespace

extern const Rule draft02_hash_for_draft01{
    .id = "DP318",
    .name = "draft02-hash-for-draft01",
    .level = Level::error,
    .title = "the record has a hash, the CA wants the account URL in clear",
    .rationale =
        "Up to draft -01 accounturi is the account URL in clear. A CA of that draft compares it "
        "with the hash, and they differ.",
    .remedy = "Publish the account URL in clear, or both records while the CA changes over.",
    .citation = "draft-ietf-acme-dns-persist-01, section 4.1, item 3",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; "
                        "accounturi=https://ca.example/account-hash/sha-256/"
                        "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"}},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
