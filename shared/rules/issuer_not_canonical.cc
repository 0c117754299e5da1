#include <fmt/format.h>
#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "rules/collect.h"
#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

using record::Reason;

bool is_outside_ascii(char c) {
  return static_cast<unsigned char>(c) > 0x7E;
}

std::string what_is_odd(std::string_view issuer) {
  std::string odd;
  const auto add = [&](std::string_view what) {
    odd += fmt::format("{}{}", odd.empty() ? " (" : ", ", what);
  };
  if (std::any_of(issuer.begin(), issuer.end(), is_outside_ascii)) add("characters outside ASCII");
  if (std::any_of(issuer.begin(), issuer.end(), is_upper)) add("capital letters");
  if (!issuer.empty() && issuer.back() == '.') add("a final dot");
  return odd.empty() ? odd : odd + ")";
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.issuer_fault != IssuerFault::not_canonical) return {};
    const auto reason = record.judgement->reason;
    return Finding{
        .message = fmt::format("the issuer is {}{}, expected {}", quote_as_ascii(record.issuer),
                               what_is_odd(record.issuer), expected_issuers(subject)),
        .span = record.issuer_span(),
        .decisive = reason == Reason::issuer_mismatch || reason == Reason::bad_issuer};
  });
}

}  // namespace

extern const Rule issuer_not_canonical{
    .id = "DP305",
    .name = "issuer-not-canonical",
    .level = Level::profile,
    .title = "the issuer is not spelt in the canonical way",
    .rationale =
        "The issuer-domain-name is written in small letters, as A-labels, without a final dot. "
        "Some CAs forgive capitals or a final dot, others skip the record, and no CA accepts "
        "characters outside ASCII, not even ones that look alike.",
    .remedy = "Write the CA's issuer-domain-name exactly as the CA gives it.",
    .citation = "draft-ietf-acme-dns-persist-02, section 3.1 and 4.2; RFC 8659, section 4.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"CA.example.; accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
