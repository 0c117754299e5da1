#include <fmt/format.h>

#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::optional<Finding> find_in(const Anatomy& record) {
  const auto found = find_pieces(record, [](const record::Piece& piece) {
    const std::string_view known = known_tag(piece.tag);
    return piece.has_equals && !known.empty() && known != piece.tag;
  });
  if (!found) return {};
  const std::string_view tag = found->first->tag;
  return Finding{.message = fmt::format("the tag {} is spelt {} in the draft{}", quote(tag),
                                        known_tag(tag), found->more()),
                 .span = record.place(found->first->offset, tag.size())};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule tag_case{
    .id = "DP216",
    .name = "tag-case",
    .level = Level::warning,
    .title = "a tag in other than its exact case",
    .rationale =
        "The drafts do not say how tags compare. Let's Encrypt's software ignores case; other "
        "software compares "
        "exactly, and an expiry that it does not recognise is no expiry.",
    .remedy = "Write accounturi, policy and persistUntil exactly so.",
    .citation =
        "draft-ietf-acme-dns-persist-02, section 4.1; CA/Browser Forum servercert issue 675",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; PersistUntil=1830297600"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
