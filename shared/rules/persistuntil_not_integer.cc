#include <fmt/format.h>

#include "base/escape.h"
#include "base/unix_time.h"
#include "rules/collect.h"
#include "rules/persist_until_text.h"
#include "rules/rule.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

constexpr std::size_t longest_shown = 40;

/// What a date would be; nothing for other texts.
std::string hint(std::string_view text) {
  const auto time = parse_time(text);
  return time ? fmt::format("write persistUntil={}", time->seconds) : "";
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const auto until = persist_until_of(record);
    if (!until || until->is_integer) return {};
    return Finding{.message = fmt::format(
                       "persistUntil is {}, expected seconds since 1970-01-01 as a plain number",
                       quote(until->text, longest_shown)),
                   .span = until->span,
                   .hint = hint(without_damage(until->text))};
  });
}

}  // namespace

extern const Rule persistuntil_not_integer{
    .id = "DP501",
    .name = "persistuntil-not-integer",
    .level = Level::error,
    .title = "persistUntil is no integer",
    .rationale =
        "The value is a plain number of seconds since 1970-01-01T00:00:00Z. A date, a fraction, "
        "separators, quotes or a word make the record malformed.",
    .remedy = "Write the time as Unix seconds.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; "
                 "persistUntil=2028-01-01T00:00:00Z"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
