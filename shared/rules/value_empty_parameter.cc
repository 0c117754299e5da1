#include <fmt/format.h>

#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_in(const Anatomy& record) {
  const auto found = find_pieces(record, [&](const record::Piece& piece) {
    return piece.text.empty() && &piece != &record.pieces.back();
  });
  if (!found) return {};
  return Finding{.message = fmt::format("nothing stands between two `;`{}", found->more()),
                 .span = record.span(*found->first)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule value_empty_parameter{
    .id = "DP207",
    .name = "value-empty-parameter",
    .level = Level::error,
    .title = "nothing between two semicolons",
    .rationale =
        "Between two semicolons a parameter must stand. CAs refuse the record as malformed.",
    .remedy = "Remove the second semicolon.",
    .citation = "RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example;; accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
