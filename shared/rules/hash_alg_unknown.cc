#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  const record::Requirement& required = subject.required;
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::hash_alg) return {};
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    const std::string_view hash = hash_part(accounturi.value, required.account_hash_prefix);
    const std::string_view algorithm = hash.substr(0, hash.find('/'));
    const std::size_t offset = accounturi.value_offset + accounturi.value.size() - hash.size();
    return Finding{.message = fmt::format("the hash algorithm is {}, expected {}", quote(algorithm),
                                          fmt::join(required.hash_algs, " or ")),
                   .span = record.place(offset, algorithm.size())};
  });
}

}  // namespace

extern const Rule hash_alg_unknown{
    .id = "DP320",
    .name = "hash-alg-unknown",
    .level = Level::error,
    .title = "the hash algorithm is not one that the CA takes",
    .rationale =
        "The algorithm is named exactly as in the registry of RFC 6920, and sha-256 is the one "
        "that every CA takes. Any other name makes the record malformed.",
    .remedy = "Make the hash with sha-256.",
    .citation =
        "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 9.3.1; RFC 6920, section 9.4",
    .example = {.good = {"ca.example; "
                         "accounturi=https://ca.example/account-hash/sha-256/"
                         "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .bad = {"ca.example; "
                        "accounturi=https://ca.example/account-hash/sha256/"
                        "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .arrange = use_dialect_02,
                .note = "The CA follows draft -02."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
