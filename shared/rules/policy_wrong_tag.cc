#include <fmt/format.h>
#include <algorithm>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/rule.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

bool is_wish(const record::Piece& piece) {
  return piece.has_equals && is_wildcard_wish(piece.value) && means_policy(piece.tag);
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [](const Anatomy& record) -> std::optional<Finding> {
    if (!record.looks_meant_for_us || record.find(record::policy_tag) != nullptr) return {};
    const auto at = std::find_if(record.pieces.begin(), record.pieces.end(), is_wish);
    if (at == record.pieces.end()) return {};
    return Finding{.message = fmt::format(
                       "a wildcard is wished for by {}, expected policy=wildcard", quote(at->text)),
                   .span = record.span(*at)};
  });
}

}  // namespace

extern const Rule policy_wrong_tag{
    .id = "DP405",
    .name = "policy-wrong-tag",
    .level = Level::error,
    .title = "a wildcard is wished for behind a tag that is not policy",
    .rationale =
        "A CA ignores every tag that it does not know. A wildcard behind another tag than policy "
        "is not granted.",
    .remedy = "Write policy=wildcard.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, items 1 and 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; scope=wildcard"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
