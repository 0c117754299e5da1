#include <fmt/format.h>

#include <array>

#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::array<std::string_view, 15> utf8_quotes{
    "\u2018", "\u2019", "\u201A", "\u201B", "\u201C", "\u201D", "\u201E", "\u201F",
    "\u00AB", "\u00BB", "\u2039", "\u203A", "\u2032", "\u2033", "\uFF02"};

/// Windows-1252 has its typographic quotes here.
bool is_windows_quote(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x91 && octet <= 0x94;
}

/// Length of the quote at the start of `text`; 0 if there is none.
std::size_t quote_length(std::string_view text, bool is_utf8) {
  if (static_cast<unsigned char>(text.front()) < 0x80) return 0;
  if (!is_utf8) return is_windows_quote(text.front()) ? 1 : 0;
  for (const std::string_view mark : utf8_quotes) {
    if (text.substr(0, mark.size()) == mark) return mark.size();
  }
  return 0;
}

std::optional<Finding> find_quote(const Anatomy& record) {
  const bool is_utf8 = persist::is_utf8(record.text);
  for (const report::ValueSpan& part : record.meaningful_parts()) {
    const std::string_view text = record.octets(part);
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t length = quote_length(text.substr(i), is_utf8);
      if (length == 0) continue;
      return Finding{.message = fmt::format("a typographic quotation mark is part of the value: {}",
                                            quote(text)),
                     .span = record.place(part.offset + i, length)};
    }
  }
  return {};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_quote);
}

}  // namespace

extern const Rule value_smart_quotes{
    .id = "DP202",
    .name = "value-smart-quotes",
    .level = Level::error,
    .title = "typographic quotation marks are part of the value",
    .rationale =
        "A word processor, ticket system or chat turned plain quotes into typographic ones, and "
        "these were "
        "pasted with the value. No part of a record may hold octets outside ASCII.",
    .remedy = "Enter the value without quotes, from a plain text.",
    .citation = "RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"\u201Cca.example; accounturi=https://ca.example/acct/1\u201D"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
