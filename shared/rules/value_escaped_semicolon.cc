#include <fmt/format.h>

#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_escape(const Anatomy& record) {
  for (const report::ValueSpan& part : record.meaningful_parts()) {
    const std::size_t end = part.offset + part.length;
    if (part.length == 0 || record.text[end - 1] != '\\' || record.text.substr(end, 1) != ";")
      continue;
    return Finding{
        .message = fmt::format("a backslash stands in front of a `;` and is part of the value: {}",
                               quote(record.octets(part))),
        .span = record.place(end - 1, 2)};
  }
  return {};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_escape);
}

}  // namespace

extern const Rule value_escaped_semicolon{
    .id = "DP203",
    .name = "value-escaped-semicolon",
    .level = Level::error,
    .title = "the backslash of `\\;` is part of the value",
    .rationale =
        "Only some zone-file writers escape a semicolon; a DNS panel stores the backslash as one "
        "more octet "
        "of the issuer or of the account. There is no escaping inside the value.",
    .remedy = "Enter the semicolon without a backslash.",
    .citation = "RFC 8659, section 4.2; RFC 1035, section 5.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example\\; accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
