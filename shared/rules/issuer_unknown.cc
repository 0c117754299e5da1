#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const IssuerFault fault = record.issuer_fault;
    if (fault != IssuerFault::unknown && fault != IssuerFault::acme_host) return {};
    return Finding{
        .message = fmt::format("the issuer {} is not a name of the CA, which answers to {}",
                               quote_as_ascii(record.issuer), expected_issuers(subject)),
        .span = record.issuer_span()};
  });
}

}  // namespace

extern const Rule issuer_unknown{
    .id = "DP306",
    .name = "issuer-unknown",
    .level = Level::warning,
    .title = "the issuer is none of the names of the CA",
    .rationale =
        "A CA skips a record that names another issuer. This one was meant for the CA, because "
        "it names its account or a name near its own, but the CA does not see it.",
    .remedy = "Write the CA's issuer-domain-name exactly as the CA gives it.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.2 and 4.3.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"www.ca.example; accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
