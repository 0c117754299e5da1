#include <fmt/format.h>

#include "base/escape.h"
#include "record/issue_value.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_in(const Anatomy& record) {
  const auto found = find_pieces(record, [](const record::Piece& piece) {
    return piece.has_equals && meant_tag(piece.tag).empty() &&
           record::is_issuer_domain_name(piece.tag);
  });
  if (!found) return {};
  return Finding{.message = fmt::format("CAs ignore the parameter {}{}", quote(found->first->tag),
                                        found->more()),
                 .span = record.span(*found->first)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule unknown_tag{
    .id = "DP217",
    .name = "unknown-tag",
    .level = Level::notice,
    .title = "a parameter that CAs ignore",
    .rationale =
        "Only accounturi, policy and persistUntil mean anything. A misspelt parameter has no "
        "effect and causes no "
        "error.",
    .remedy = "Check the spelling of the tag.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1 item 1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; polcy=wildcard"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
