#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/persist_until_text.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::size_t longest_shown = 40;

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const auto until = persist_until_of(record);
    if (!until || !until->has_leading_zeros) return {};
    return Finding{
        .message = fmt::format("persistUntil is {}, expected the number without leading zeros",
                               quote(until->text, longest_shown)),
        .span = until->span};
  });
}

}  // namespace

extern const Rule persistuntil_not_canonical{
    .id = "DP508",
    .name = "persistuntil-not-canonical",
    .level = Level::warning,
    .title = "persistUntil has leading zeros",
    .rationale =
        "Leading zeros do not change the number for the known CAs, but the draft does not say "
        "that they are allowed.",
    .remedy = "Write the number without leading zeros.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=0001830297600"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
