#include <fmt/format.h>

#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  const std::string& prefix = subject.required.account_hash_prefix;
  if (subject.ca->dialect != record::Dialect::draft_02 || prefix.empty()) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const auto& read = record.judgement->record;
    if (!record.is_ours || !read || read->accounturi.substr(0, prefix.size()) != prefix) return {};
    const auto match =
        record::match_hash(hash_part(read->accounturi, prefix), subject.required.account,
                           record.judgement->validated_fqdn);
    if (!match || match->key == 0) return {};
    return Finding{
        .message = fmt::format("the hash was made with an earlier key of the account, number {} of "
                               "{}, expected the current one",
                               match->key + 1, subject.required.account.thumbprints.size()),
        .span = record.value_span(*record.find(record::accounturi_tag))};
  });
}

}  // namespace

extern const Rule hash_prior_key{
    .id = "DP322",
    .name = "hash-prior-key",
    .level = Level::warning,
    .title = "the hash was made with an earlier key of the account",
    .rationale =
        "The CA accepts hashes of all keys that an account ever had, so the record still works. "
        "After a change of key it should be published anew, because whoever looks after it will "
        "not find the old key any more.",
    .remedy = "Publish the hash made with the current key.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.2, rule 2, and 7.2.3",
    .example = {.good = {"ca.example; "
                         "accounturi=https://ca.example/account-hash/sha-256/"
                         "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .bad = {"ca.example; "
                        "accounturi=https://ca.example/account-hash/sha-256/"
                        "R5NqA9dvA_QtIpn3iZpwcMIwSnKUdc_lv9Kn2djBBrU"},
                .arrange = use_dialect_02_with_two_keys,
                .note = "The CA follows draft -02; the account had another key before."},
    .check = check,
};

}  // namespace persist::rules
