#include <fmt/format.h>

#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"
#include "rules/swallowed.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_gap(const Anatomy& record) {
  std::vector<report::ValueSpan> parts{record.issuer_span()};
  for (const record::Piece& piece : record.pieces) parts.push_back(record.value_span(piece));
  for (const report::ValueSpan& part : parts) {
    const std::string_view text = record.octets(part);
    const auto at = find_swallowed_tag(text);
    if (!at) continue;
    return Finding{.message = fmt::format("no `;` in front of {}", quote(text.substr(*at))),
                   .span = record.place(part.offset + *at)};
  }
  return {};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_gap);
}

}  // namespace

extern const Rule value_missing_semicolon{
    .id = "DP204",
    .name = "value-missing-semicolon",
    .level = Level::error,
    .title = "no semicolon in front of a parameter",
    .rationale =
        "Everything up to the first semicolon is the issuer, and everything between two semicolons "
        "is one "
        "parameter. Without one the CA finds an issuer that is not its own, or a value that it "
        "refuses.",
    .remedy = "Put a semicolon in front of every parameter.",
    .citation = "RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
