#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_in(const Anatomy& record) {
  if (record.pieces.empty() || !record.pieces.back().text.empty()) return {};
  const std::size_t last = record.text.rfind(';');
  return Finding{.message = "a `;` stands behind the last parameter",
                 .span = record.place(last, 1)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule value_trailing_semicolon{
    .id = "DP206",
    .name = "value-trailing-semicolon",
    .level = Level::error,
    .title = "a semicolon behind the last parameter",
    .rationale =
        "Semicolons stand between parameters; behind the last one a further parameter must follow. "
        "CAs refuse "
        "the record as malformed.",
    .remedy = "Remove the last semicolon.",
    .citation = "RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1;"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
