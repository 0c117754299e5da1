#include <fmt/format.h>
#include <algorithm>

#include "base/ascii.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

/// A damaged tag is spoken of where the damage is.
bool has_accounturi(const Anatomy& record) {
  return std::any_of(record.pieces.begin(), record.pieces.end(), [](const record::Piece& piece) {
    return equals_ignoring_case(without_damage(piece.tag), record::accounturi_tag);
  });
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (is_split(records)) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (!record.is_ours || has_accounturi(record)) return {};
    return Finding{.message = fmt::format("the record has no accounturi, expected {}",
                                          quoted_accounturi(subject, record)),
                   .span = record.whole()};
  });
}

}  // namespace

extern const Rule accounturi_missing{
    .id = "DP307",
    .name = "accounturi-missing",
    .level = Level::error,
    .title = "the record has no accounturi",
    .rationale = "A record without accounturi names no account. The CA must treat it as malformed.",
    .remedy = "Add accounturi= and the account URL.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 9.3.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; policy=wildcard"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
