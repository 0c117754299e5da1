#include <fmt/format.h>

#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const record::Piece* const accounturi = record.find(record::accounturi_tag);
    if (!record.looks_meant_for_us || accounturi == nullptr || !accounturi->has_equals ||
        !accounturi->value.empty()) {
      return {};
    }
    return Finding{.message = fmt::format("accounturi is empty, expected {}",
                                          quoted_accounturi(subject, record)),
                   .span = record.span(*accounturi)};
  });
}

}  // namespace

extern const Rule accounturi_empty{
    .id = "DP308",
    .name = "accounturi-empty",
    .level = Level::error,
    .title = "accounturi is empty",
    .rationale =
        "An accounturi without a value names no account. The CA must treat the record as "
        "malformed.",
    .remedy = "Write the account URL behind accounturi=.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 9.3.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi="}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
