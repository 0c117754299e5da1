#include <unordered_set>

#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  if (records.size() < 2) return {};
  std::unordered_set<std::string_view> seen;
  return find_in_meant(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (seen.insert(record.text).second) return {};
    return Finding{.message = "another record says the same", .span = record.whole()};
  });
}

}  // namespace

extern const Rule duplicate_rr{
    .id = "DP220",
    .name = "duplicate-rr",
    .level = Level::notice,
    .title = "two records say the same",
    .rationale =
        "One is enough. Two often come from two tools that manage the same name, of which one will "
        "go on to "
        "publish the record when the other has removed it.",
    .remedy = "Remove one of them.",
    .citation = "RFC 2181, section 5",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1",
                        "ca.example; accounturi=https://ca.example/acct/1"}},
    .check = check,
};

}  // namespace persist::rules
