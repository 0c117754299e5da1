#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/persist_until_text.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::size_t longest_shown = 40;

bool is_out_of_range(const PersistUntilText& until) {
  if (!until.is_integer || until.units_in_second != 1) return false;
  return !until.seconds || *until.seconds > end_of_calendar;
}

/// A time in the future that the CA takes for one in the past.
bool wraps(const PersistUntilText& until, std::optional<record::Reason> reason) {
  return until.seconds && *until.seconds > 0 && reason == record::Reason::expired;
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const auto until = persist_until_of(record);
    if (!until || !is_out_of_range(*until)) return {};
    const auto reason = record.judgement->reason;
    return Finding{
        .message = fmt::format("persistUntil is {}, which is {}", quote(until->text, longest_shown),
                               until->seconds ? "after the year 9999" : "no number of 64 bits"),
        .span = until->span,
        .decisive = reason == record::Reason::persist_until_malformed || wraps(*until, reason)};
  });
}

}  // namespace

extern const Rule persistuntil_out_of_range{
    .id = "DP503",
    .name = "persistuntil-out-of-range",
    .level = Level::profile,
    .title = "persistUntil is beyond what CAs agree on",
    .rationale =
        "Beyond the year 9999 or 64 bits CAs differ: some see no limit, some a time long past, "
        "some a malformed record.",
    .remedy = "Leave persistUntil out if the record shall have no end.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; "
                 "persistUntil=9223372036854775808"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
