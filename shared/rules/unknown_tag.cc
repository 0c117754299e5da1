#include <fmt/format.h>

#include "base/escape.h"
#include "record/issue_value.h"
#include "record/persist_record.h"
#include "rules/pieces.h"
#include "rules/rule.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

/// Finds near misses of known tags that the record lacks: they are another fault. Asks the record
/// once, for it can have thousands of parameters.
class NearMisses {
 public:
  explicit NearMisses(const Anatomy& record)
      : lacks_accounturi_(record.find(record::accounturi_tag) == nullptr),
        lacks_policy_(record.find(record::policy_tag) == nullptr),
        lacks_persist_until_(record.find(record::persist_until_tag) == nullptr) {}

  bool hold(const record::Piece& piece) const {
    return (lacks_accounturi_ && means_accounturi(piece.tag)) ||
           (lacks_policy_ && is_wildcard_wish(piece.value) && means_policy(piece.tag)) ||
           (lacks_persist_until_ && means_persist_until(piece.tag));
  }

 private:
  bool lacks_accounturi_;
  bool lacks_policy_;
  bool lacks_persist_until_;
};

std::optional<Finding> find_in(const Anatomy& record) {
  const NearMisses near_misses(record);
  const auto found = find_pieces(record, [&](const record::Piece& piece) {
    return piece.has_equals && meant_tag(piece.tag).empty() && !near_misses.hold(piece) &&
           record::is_issuer_domain_name(piece.tag);
  });
  if (!found) return {};
  return Finding{.message = fmt::format("CAs ignore the parameter {}{}", quote(found->first->tag),
                                        found->more()),
                 .span = record.span(*found->first)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule unknown_tag{
    .id = "DP217",
    .name = "unknown-tag",
    .level = Level::notice,
    .title = "a parameter that CAs ignore",
    .rationale =
        "Only accounturi, policy and persistUntil mean anything. A misspelt parameter has no "
        "effect and causes no "
        "error.",
    .remedy = "Check the spelling of the tag.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1 item 1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; comment=web"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
