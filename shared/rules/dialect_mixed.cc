#include <fmt/format.h>
#include <algorithm>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/example_subjects.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

/// The same name, account and key at a CA of each dialect.
void list_both_dialects(Subject& subject) {
  const record::Account account{.url = "https://ca.example/acct/123",
                                .thumbprints = {"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
                                .keys_complete = true};
  subject.permitted = permit({{.label = "new",
                               .issuer_domain_names = subject.required.issuer_domain_names,
                               .account = account,
                               .account_hash_prefix = "https://ca.example/account-hash/",
                               .ca = record::find_profile("strict-02")}});
}

const survey::Permitted* find_unserved(const Subject& subject, std::span<const Anatomy> records) {
  const auto at =
      std::find_if(subject.permitted.begin(), subject.permitted.end(), [&](const auto& permitted) {
        if (permitted.ca == nullptr || permitted.ca->dialect == subject.ca->dialect) return false;
        const auto& names = permitted.issuer_domain_names;
        return names == subject.required.issuer_domain_names &&
               std::none_of(records.begin(), records.end(), [&](const Anatomy& record) {
                 const record::Piece* const piece =
                     record.is_ours ? record.find(record::accounturi_tag) : nullptr;
                 const bool is_hashed = piece != nullptr && piece->value != permitted.account.url;
                 return piece != nullptr &&
                        is_hashed == (permitted.ca->dialect == record::Dialect::draft_02) &&
                        names_account(piece->value, permitted.account,
                                      permitted.account_hash_prefix,
                                      record.judgement->validated_fqdn);
               });
      });
  return at == subject.permitted.end() ? nullptr : &*at;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.evaluation.outcome != record::Outcome::authorized) return {};
  const survey::Permitted* const unserved = find_unserved(subject, records);
  if (unserved == nullptr) return {};
  return {{.message = fmt::format(
               "the record is of draft -{}, but {} answers to {} too and follows draft -{}",
               to_text(subject.ca->dialect), escape(unserved->ca->title), expected_issuers(subject),
               to_text(unserved->ca->dialect))}};
}

}  // namespace

extern const Rule dialect_mixed{
    .id = "DP802",
    .name = "dialect-mixed",
    .level = Level::warning,
    .title = "one record, but CAs of both dialects read it",
    .rationale =
        "Up to draft -01 accounturi is the account URL in clear, from -02 on it is a hash. CAs "
        "that answer to the same name but follow different drafts need a record each.",
    .remedy = "Publish both forms side by side.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 9.3.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1",
                         "ca.example; "
                         "accounturi=https://ca.example/account-hash/sha-256/"
                         "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = list_both_dialects,
                .note = "The list permits an account at a CA of each dialect, both under the same "
                        "name."},
    .check = check,
};

}  // namespace persist::rules
