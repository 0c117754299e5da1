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
    if (!match || !match->star) return {};
    return Finding{
        .message =
            "the hash was made with * in place of the name: it fits every domain of the account",
        .span = record.value_span(*record.find(record::accounturi_tag))};
  });
}

}  // namespace

extern const Rule hash_star{
    .id = "DP323",
    .name = "hash-star",
    .level = Level::notice,
    .title = "the hash is the one for any domain",
    .rationale =
        "A hash made with * in place of the domain fits every name of the account. It is "
        "allowed, but the same text in many zones links them with each other.",
    .remedy = "Make a hash for each name, unless the names may be linked.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 7.2",
    .example = {.good = {"ca.example; "
                         "accounturi=https://ca.example/account-hash/sha-256/"
                         "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .bad = {"ca.example; "
                        "accounturi=https://ca.example/account-hash/sha-256/"
                        "NpDnSwUthQK8zCgFdefYxAdAVPnygMLbs9US6oO-5ug"},
                .arrange = use_dialect_02,
                .note = "The CA follows draft -02."},
    .check = check,
};

}  // namespace persist::rules
