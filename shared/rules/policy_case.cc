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
    if (policy == nullptr || policy->value == record::wildcard_policy ||
        !equals_ignoring_case(policy->value, record::wildcard_policy)) {
      return {};
    }
    return Finding{.message = fmt::format("policy is {}, expected {}", quote(policy->value),
                                          quote(record::wildcard_policy)),
                   .span = record.value_span(*policy)};
  });
}

}  // namespace

extern const Rule policy_case{
    .id = "DP404",
    .name = "policy-case",
    .level = Level::notice,
    .title = "the value of policy is not in small letters",
    .rationale = "CAs compare the value of policy without regard to case. Other tools may not.",
    .remedy = "Write policy=wildcard in small letters.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; policy=wildcard"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; policy=Wildcard"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
