#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

/// `allowed` is a name, or a suffix with a dot in front.
bool is_target(std::string_view target, std::string_view allowed) {
  if (allowed.substr(0, 1) != ".") return equals_ignoring_case(target, allowed);
  return target.size() > allowed.size() &&
         equals_ignoring_case(target.substr(target.size() - allowed.size()), allowed);
}

bool is_allowed(const Subject& subject, std::string_view target) {
  if (subject.settings == nullptr) return false;
  const auto& targets = subject.settings->alias_targets;
  return std::any_of(targets.begin(), targets.end(),
                     [&](const std::string& allowed) { return is_target(target, allowed); });
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  for (const dns::Name& step : subject.lookup.chain) {
    const std::string target = step.to_text();
    if (is_allowed(subject, target)) continue;
    return {{fmt::format("{} is an alias of {}: whoever runs that name says who may issue",
                         subject.owner->text(), target)}};
  }
  return {};
}

void make_alias(Subject& subject) {
  subject.lookup.chain.push_back(dns::Name::parse("example-com.vp.host.example").value());
}

}  // namespace

extern const Rule name_cname{
    .id = "DP113",
    .name = "name-cname",
    .level = Level::warning,
    .title = "the owner name is an alias",
    .rationale =
        "CAs follow aliases, so the operator of the target can let any account issue for this "
        "name, "
        "for as long as the alias stands. That can be what is wanted; then the list should say so.",
    .remedy = "Put the record at the name itself, or list the target under alias_targets.",
    .citation = "TLS Baseline Requirements 2.2.6, section 3.2.2.4.22",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .spoil = make_alias,
                .note = "In the bad example the record was found by way of a CNAME."},
    .check = check,
};

}  // namespace persist::rules
