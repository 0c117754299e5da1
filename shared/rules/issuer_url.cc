#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.issuer_fault != IssuerFault::url) return {};
    return Finding{.message = fmt::format("the issuer is the URL {}, expected the bare name {}",
                                          quote(record.issuer), expected_issuers(subject)),
                   .span = record.issuer_span()};
  });
}

}  // namespace

extern const Rule issuer_url{
    .id = "DP302",
    .name = "issuer-url",
    .level = Level::error,
    .title = "the issuer is a URL",
    .rationale =
        "The issuer-domain-name is a bare domain name. A URL is not in its grammar, so no CA "
        "finds itself in the record.",
    .remedy = "Write the CA's issuer-domain-name without https:// and path.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 2; RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"https://ca.example; accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
