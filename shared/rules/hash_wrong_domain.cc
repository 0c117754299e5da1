#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/hash_name.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::hash_wrong_domain) return {};
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    return Finding{.message = fmt::format("the hash was made with the name {}, expected {}",
                                          quote(*name_in_hash(subject, record)),
                                          quote(record.judgement->validated_fqdn.text())),
                   .span = record.value_span(accounturi)};
  });
}

}  // namespace

extern const Rule hash_wrong_domain{
    .id = "DP321",
    .name = "hash-wrong-domain",
    .level = Level::error,
    .title = "the hash was made for another name",
    .rationale =
        "The hash covers the name at which the record stands, in small letters and without "
        "wildcard, label or final dot. One that was made with another name fits nowhere else.",
    .remedy = "Make the hash for this name, for instance with persist-hook record.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 7.2.3",
    .example = {.good = {"ca.example; "
                         "accounturi=https://ca.example/account-hash/sha-256/"
                         "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .bad = {"ca.example; "
                        "accounturi=https://ca.example/account-hash/sha-256/"
                        "-DOo-0FYz3izjZCLExkKNuhpAI8To5TBY1pooKesYdE"},
                .arrange = use_dialect_02,
                .note = "The CA follows draft -02."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
