#include <fmt/format.h>

#include <unordered_set>

#include "base/ascii.h"
#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_in_meant(records, [&](const Anatomy& record) -> std::optional<Finding> {
    std::unordered_set<std::string> seen;
    const auto found = find_pieces(record, [&](const record::Piece& piece) {
      return piece.has_equals && !piece.tag.empty() && known_tag(piece.tag).empty() &&
             !seen.insert(to_lower(piece.tag)).second;
    });
    if (!found) return {};
    return Finding{.message = fmt::format("the parameter {} stands in the record more than once{}",
                                          quote(found->first->tag), found->more()),
                   .span = record.span(*found->first),
                   .decisive = record.is_ours && subject.ca->reading.refuses_duplicate_unknown};
  });
}

}  // namespace

extern const Rule duplicate_unknown{
    .id = "DP219",
    .name = "duplicate-unknown",
    .level = Level::profile,
    .title = "an unknown parameter stands there twice",
    .rationale =
        "The drafts forbid repeated parameters and let CAs ignore unknown ones. Pebble refuses "
        "such a record as "
        "malformed, Let's Encrypt's software ignores the repetition.",
    .remedy = "Keep one of them.",
    .citation = "draft-ietf-acme-dns-persist-02, section 9.3.1; Pebble, va/va.go",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; note=a; ticket=b"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; note=a; note=b"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
