#include <fmt/format.h>

#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

bool is_quoted(std::string_view text) {
  return !text.empty() && (text.front() == '"' || text.back() == '"');
}

std::optional<Finding> find_quote(const Anatomy& record) {
  const std::size_t in_issuer = record.issuer.find('"');
  if (in_issuer != std::string_view::npos) {
    return Finding{
        .message = fmt::format("a quotation mark is part of the issuer: {}", quote(record.issuer)),
        .span = record.place(record.issuer_offset + in_issuer, 1)};
  }
  const auto found = find_pieces(record, [](const record::Piece& piece) {
    return !meant_tag(piece.tag).empty() && (is_quoted(piece.text) || is_quoted(piece.value));
  });
  if (!found) return {};
  return Finding{.message = fmt::format("a quotation mark is part of the parameter {}{}",
                                        quote(found->first->text), found->more()),
                 .span = record.span(*found->first)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_quote);
}

}  // namespace

extern const Rule value_literal_quotes{
    .id = "DP201",
    .name = "value-literal-quotes",
    .level = Level::error,
    .title = "quotation marks are part of the value",
    .rationale =
        "Quotes belong to the zone file; a DNS panel that is given them stores them as two more "
        "octets. "
        "The issuer or the account then differs, and policy=\"wildcard\" is no policy.",
    .remedy = "Enter the value without quotes.",
    .citation = "RFC 8659, section 4.2; RFC 1035, section 5.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"\"ca.example; accounturi=https://ca.example/acct/1\""}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
