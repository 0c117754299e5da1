#include <fmt/format.h>

#include <set>

#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_in(const Anatomy& record) {
  std::set<std::string_view> seen;
  const auto found = find_pieces(record, [&](const record::Piece& piece) {
    const std::string_view tag = known_tag(piece.tag);
    return piece.has_equals && !tag.empty() && !seen.insert(tag).second;
  });
  if (!found) return {};
  return Finding{.message = fmt::format("{} stands in the record more than once{}",
                                        known_tag(found->first->tag), found->more()),
                 .span = record.span(*found->first)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule duplicate_known{
    .id = "DP218",
    .name = "duplicate-known",
    .level = Level::error,
    .title = "a parameter of the method stands there twice",
    .rationale =
        "Each of accounturi, policy and persistUntil may occur once. CAs refuse the record as "
        "malformed, even if "
        "both say the same.",
    .remedy = "Keep one of them, or publish one record for each account.",
    .citation = "draft-ietf-acme-dns-persist-02, section 9.3.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1",
                         "ca.example; accounturi=https://ca.example/acct/2"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; "
                        "accounturi=https://ca.example/acct/2"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
