#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/collect.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return collect(records, [](const Anatomy& record) -> std::optional<Finding> {
    const record::Piece* const policy =
        record.looks_meant_for_us ? record.find(record::policy_tag) : nullptr;
    if (policy == nullptr || !policy->has_equals ||
        equals_ignoring_case(policy->value, record::wildcard_policy)) {
      return {};
    }
    return Finding{
        .message = fmt::format("policy is {}, which has no effect: the one known value is wildcard",
                               policy->value.empty() ? "empty" : quote(policy->value)),
        .span = record.span(*policy)};
  });
}

}  // namespace

extern const Rule policy_unknown_value{
    .id = "DP403",
    .name = "policy-unknown-value",
    .level = Level::warning,
    .title = "policy has a value without effect",
    .rationale =
        "Of all values of policy only wildcard means anything. Every other one, exact and "
        "subdomains included, is as if it were not there.",
    .remedy = "Write policy=wildcard, or leave policy out.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; policy=subdomains"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
