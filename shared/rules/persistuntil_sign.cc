#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/persist_until_text.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::size_t longest_shown = 40;

bool is_minus_zero(const PersistUntilText& until) {
  return until.is_zero && until.text.front() == '-';
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const auto until = persist_until_of(record);
    if (!until || !until->is_integer || !(until->has_plus || is_minus_zero(*until))) return {};
    return Finding{.message = fmt::format("persistUntil is {}, expected the number without a sign",
                                          quote(until->text, longest_shown)),
                   .span = until->span};
  });
}

}  // namespace

extern const Rule persistuntil_sign{
    .id = "DP506",
    .name = "persistuntil-sign",
    .level = Level::warning,
    .title = "persistUntil has a sign",
    .rationale =
        "A base-10 integer needs no sign. Some CAs accept a plus, for others it is malformed; "
        "minus zero is a time long past.",
    .remedy = "Write the number without a sign.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=+1830297600"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
