#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.issuer_fault != IssuerFault::acme_host) return {};
    return Finding{
        .message = fmt::format("the issuer is {}, the host of the ACME server, expected {}",
                               quote(record.issuer), expected_issuers(subject)),
        .span = record.issuer_span()};
  });
}

}  // namespace

extern const Rule issuer_acme_host{
    .id = "DP304",
    .name = "issuer-acme-host",
    .level = Level::error,
    .title = "the issuer is the host name of an ACME server",
    .rationale =
        "The issuer-domain-name is the name by which the CA identifies itself, as in CAA "
        "records, not the host of its ACME server. The CA skips the record.",
    .remedy =
        "Write the name that the CA gives in its directory as caaIdentities or "
        "issuerDomainNames.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 2",
    .example = {.good = {"letsencrypt.org; "
                         "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
                .bad = {"acme-v02.api.letsencrypt.org; "
                        "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
                .arrange = use_lets_encrypt,
                .note = "The CA is Let's Encrypt."},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
