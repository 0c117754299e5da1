#include <fmt/format.h>
#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/rule.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  const std::string& url = subject.required.account.url;
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (!record.looks_meant_for_us || record.find(record::accounturi_tag) != nullptr) return {};
    const auto at =
        std::find_if(record.pieces.begin(), record.pieces.end(), [&](const record::Piece& piece) {
          const bool is_damaged =
              equals_ignoring_case(without_damage(piece.tag), record::accounturi_tag);
          return !is_damaged &&
                 (means_accounturi(piece.tag) || (!url.empty() && piece.value == url));
        });
    if (at == record.pieces.end()) return {};
    return Finding{.message = fmt::format("the tag is {}, expected accounturi", quote(at->tag)),
                   .span = record.span(*at)};
  });
}

}  // namespace

extern const Rule accounturi_wrong_tag{
    .id = "DP309",
    .name = "accounturi-wrong-tag",
    .level = Level::error,
    .title = "the account stands behind a tag that is not accounturi",
    .rationale =
        "A CA ignores every tag that it does not know. An account behind another tag is an "
        "account that the record does not name.",
    .remedy = "Write the tag exactly accounturi.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, items 1 and 3",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; account-uri=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
