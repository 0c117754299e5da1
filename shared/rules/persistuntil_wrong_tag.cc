#include <fmt/format.h>
#include <algorithm>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/rule.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

bool is_end(const record::Piece& piece) {
  return piece.has_equals && means_persist_until(piece.tag);
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [](const Anatomy& record) -> std::optional<Finding> {
    if (!record.looks_meant_for_us || record.find(record::persist_until_tag) != nullptr) return {};
    const auto at = std::find_if(record.pieces.begin(), record.pieces.end(), is_end);
    if (at == record.pieces.end()) return {};
    return Finding{
        .message = fmt::format("the tag is {}, expected persistUntil: the record has no end",
                               quote(at->tag)),
        .span = record.span(*at)};
  });
}

}  // namespace

extern const Rule persistuntil_wrong_tag{
    .id = "DP509",
    .name = "persistuntil-wrong-tag",
    .level = Level::error,
    .title = "the end stands behind a tag that is not persistUntil",
    .rationale =
        "A CA ignores every tag that it does not know. An end behind another tag has no effect: "
        "the record stays valid.",
    .remedy = "Write the tag exactly persistUntil, and the time as Unix seconds.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, items 1 and 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; expires=1830297600"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
