#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_in(const Anatomy& record) {
  const auto found = find_pieces(
      record, [](const record::Piece& piece) { return !piece.text.empty() && !piece.has_equals; });
  if (!found) return {};
  const std::string_view text = found->first->text;
  const bool is_policy = equals_ignoring_case(text, record::wildcard_policy);
  return Finding{
      .message = fmt::format("the parameter {} has no `=`{}", quote(text), found->more()),
      .span = record.span(*found->first),
      .hint = is_policy ? "write policy=wildcard" : ""};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule value_no_equals{
    .id = "DP208",
    .name = "value-no-equals",
    .level = Level::error,
    .title = "a parameter without `=`",
    .rationale = "Every parameter is a tag, `=` and a value. CAs refuse the record as malformed.",
    .remedy = "Write tag=value, or remove the parameter.",
    .citation = "RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; wildcard"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
