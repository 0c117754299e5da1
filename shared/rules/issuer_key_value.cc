#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.issuer_fault != IssuerFault::key_value) return {};
    return Finding{.message = fmt::format("the record begins with {}, expected the bare name {}",
                                          quote(record.issuer), expected_issuers(subject)),
                   .span = record.issuer_span()};
  });
}

}  // namespace

extern const Rule issuer_key_value{
    .id = "DP303",
    .name = "issuer-key-value",
    .level = Level::error,
    .title = "the issuer stands behind a tag",
    .rationale =
        "The first part of a record has no tag: it is the issuer-domain-name itself. A text such "
        "as issuer=... is no domain name, so no CA finds itself in the record.",
    .remedy = "Leave out the tag and the equals sign.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 2; RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"issuer=ca.example; accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
