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
    if (!until || !until->is_negative) return {};
    return Finding{.message = fmt::format("persistUntil is {}, a time before 1970",
                                          quote(until->text, longest_shown)),
                   .span = until->span};
  });
}

}  // namespace

extern const Rule persistuntil_negative{
    .id = "DP507",
    .name = "persistuntil-negative",
    .level = Level::warning,
    .title = "persistUntil is negative",
    .rationale =
        "A negative number is a time before 1970. Some CAs call it past, others malformed, and "
        "one value means no limit to one of them.",
    .remedy = "Write a time in the future, or leave persistUntil out.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=-1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
