#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  // For a migration both forms stand side by side.
  if (subject.evaluation.outcome == record::Outcome::authorized) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::clear_text) return {};
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    Finding finding{.message = fmt::format(
                        "accounturi is a URL in clear, {}, the CA wants the hash of draft -02: {}",
                        quote(accounturi.value), quote(expected_accounturi(subject, record))),
                    .span = record.value_span(accounturi)};
    // The CA may have moved on since our table was made.
    if (record.judgement->open) finding.severity = report::Severity::warning;
    return finding;
  });
}

}  // namespace

extern const Rule draft01_url_for_draft02{
    .id = "DP317",
    .name = "draft01-url-for-draft02",
    .level = Level::error,
    .title = "the record has the account URL in clear, the CA wants a hash",
    .rationale =
        "From draft -02 on accounturi is a hash below the accountHashPrefix of the CA. A record "
        "with an account URL in clear is malformed there.",
    .remedy = "Publish the hashed form, or both records while the CA changes over.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 9.3.1",
    .example = {.good = {"ca.example; "
                         "accounturi=https://ca.example/account-hash/sha-256/"
                         "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/123"},
                .arrange = use_dialect_02,
                .note = "The CA follows draft -02."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
