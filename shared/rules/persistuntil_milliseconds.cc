#include <fmt/format.h>

#include "base/escape.h"
#include "base/unix_time.h"
#include "rules/collect.h"
#include "rules/persist_until_text.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::size_t longest_shown = 40;

std::string_view name_of_unit(std::int64_t units_in_second) {
  if (units_in_second == 1'000) return "milliseconds";
  return units_in_second == 1'000'000 ? "microseconds" : "nanoseconds";
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const auto until = persist_until_of(record);
    if (!until || until->units_in_second == 1) return {};
    return Finding{
        .message = fmt::format(
            "persistUntil is {}, which is {} if it is read as {}, but it counts seconds",
            quote(until->text, longest_shown),
            to_rfc3339(UnixTime{*until->seconds / until->units_in_second}),
            name_of_unit(until->units_in_second)),
        .span = until->span,
        .hint = fmt::format("write persistUntil={}", *until->seconds / until->units_in_second)};
  });
}

}  // namespace

extern const Rule persistuntil_milliseconds{
    .id = "DP502",
    .name = "persistuntil-milliseconds",
    .level = Level::error,
    .title = "persistUntil is in milliseconds, microseconds or nanoseconds",
    .rationale =
        "The number is taken for seconds and lies far beyond the year 5000. The record would "
        "have no end in practice.",
    .remedy = "Write the time as Unix seconds.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 5",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600000"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
