#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"
#include "rules/swallowed.h"

namespace persist::rules {
namespace {

/// Offset of a comma that parts a value from a known tag.
std::optional<std::size_t> find_comma(std::string_view text) {
  const auto tag = find_swallowed_tag(text);
  if (!tag) return {};
  const std::string_view before = trim(text.substr(0, *tag));
  if (before.empty() || before.back() != ',') return {};
  return before.size() - 1;
}

std::optional<Finding> find_in(const Anatomy& record) {
  const std::size_t in_issuer = record.issuer.find(',');
  if (in_issuer != std::string_view::npos) {
    return Finding{
        .message = fmt::format("a comma stands where a `;` is meant: {}", quote(record.issuer)),
        .span = record.place(record.issuer_offset + in_issuer, 1)};
  }
  const auto found = find_pieces(
      record, [](const record::Piece& piece) { return find_comma(piece.value).has_value(); });
  if (!found) return {};
  const record::Piece& piece = *found->first;
  return Finding{.message = fmt::format("a comma stands where a `;` is meant: {}{}",
                                        quote(piece.text), found->more()),
                 .span = record.place(piece.value_offset + find_comma(piece.value).value(), 1)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule value_comma{
    .id = "DP205",
    .name = "value-comma",
    .level = Level::error,
    .title = "a comma where a semicolon is meant",
    .rationale =
        "Only semicolons part the issuer and the parameters. A comma becomes part of the issuer or "
        "of the value "
        "in front of it.",
    .remedy = "Write semicolons instead of commas.",
    .citation = "RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example, accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
