#include <fmt/format.h>

#include <algorithm>

#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::chrono::seconds longest_ttl{86'400};

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  std::chrono::seconds ttl{};
  for (const Anatomy& record : records) {
    if (record.looks_meant_for_us) ttl = std::max(ttl, record.judgement->found.ttl);
  }
  if (ttl <= longest_ttl) return {};
  return {{fmt::format("the TTL is {} s ({}): a record that is taken away stays in force that long",
                       ttl.count(), persist::to_text(ttl))}};
}

void keep_for_a_week(Subject& subject) {
  for (record::TxtRecord& found : subject.answers.front().rrset)
    found.ttl = std::chrono::seconds{604'800};
}

}  // namespace

extern const Rule ttl_long{
    .id = "DP119",
    .name = "ttl-long",
    .level = Level::warning,
    .title = "a TTL of more than a day",
    .rationale =
        "Removing or changing a record acts when it has left the caches. After a break-in nobody "
        "wants "
        "to wait a week for that.",
    .remedy = "Set a TTL of a day or less.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.11; RFC 1035, section 3.2.1",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
         .spoil = keep_for_a_week,
         .note = "The record of the bad example has a TTL of a week, that of the good one 300 s."},
    .check = check,
};

}  // namespace persist::rules
