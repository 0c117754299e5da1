#include <fmt/format.h>

#include "base/escape.h"
#include "record/issue_value.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

bool is_bad_tag(const record::Piece& piece) {
  // A tag has the form of a label, so it is an issuer-domain-name without a dot.
  return piece.has_equals && (!record::is_issuer_domain_name(piece.tag) ||
                              piece.tag.find('.') != std::string_view::npos);
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_in_meant(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const auto found = find_pieces(record, is_bad_tag);
    if (!found) return {};
    const std::string_view tag = found->first->tag;
    const bool is_refused = tag.empty() || subject.ca->reading.checks_tags;
    return Finding{
        .message = tag.empty()
                       ? fmt::format("nothing stands in front of `=`{}", found->more())
                       : fmt::format("{} is no tag: only letters, digits and inner hyphens{}",
                                     quote_as_ascii(tag), found->more()),
        .span = record.span(*found->first),
        .decisive = record.is_ours && is_refused};
  });
}

}  // namespace

extern const Rule value_bad_tag{
    .id = "DP209",
    .name = "value-bad-tag",
    .level = Level::profile,
    .title = "a tag that is outside the grammar",
    .rationale =
        "A tag is made of letters, digits and inner hyphens. Some CAs refuse the whole record as "
        "malformed for "
        "any other, others ignore the parameter.",
    .remedy = "Correct the tag, or remove the parameter.",
    .citation = "RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; my-tag=1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; my_tag=1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
