#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  // A value cut into two records has a rule of its own.
  if (is_split(records)) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.issuer_fault != IssuerFault::missing) return {};
    const std::string found = record.issuer.empty() ? "nothing" : quote(record.issuer);
    return Finding{.message = fmt::format(
                       "the record names no CA: expected {} before the first semicolon, found {}",
                       expected_issuers(subject), found),
                   .span = record.issuer_span()};
  });
}

}  // namespace

extern const Rule issuer_missing{
    .id = "DP301",
    .name = "issuer-missing",
    .level = Level::error,
    .title = "the record names no CA",
    .rationale =
        "The text before the first semicolon says for which CA a record is meant. A CA skips a "
        "record that does not name it, whatever else stands there.",
    .remedy = "Put the CA's issuer-domain-name in front, then a semicolon.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 2; RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
