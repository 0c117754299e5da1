#include <fmt/format.h>

#include <algorithm>

#include "rules/caa_fault.h"
#include "rules/issuer_fault.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  if (!subject.caa || subject.caa->outcome != record::Outcome::authorized) return {};
  const auto& properties = subject.caa->properties;
  const bool permits_every_account =
      std::any_of(properties.begin(), properties.end(), [](const record::CaaProperty& property) {
        return property.permits() && !property.has_accounturi;
      });
  if (!permits_every_account) return {};
  return {{fmt::format("the CAA record of {} permits every account of {}", subject.caa->at->text(),
                       expected_issuers(subject))}};
}

void permit_every_account(Subject& subject) {
  set_caa(subject, {{.tag = "issue", .value = "ca.example"}});
}

}  // namespace

extern const Rule caa_accounturi_absent{
    .id = "DP607",
    .name = "caa-accounturi-absent",
    .level = Level::notice,
    .title = "the CAA record permits every account of the CA",
    .rationale =
        "Without accounturi whoever can pass any validation of the name gets a certificate from "
        "this CA with an account of their own. With it only the account that is named does.",
    .remedy = "Add accounturi with the account URL to the CAA record.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.7; RFC 8657, section 3",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = permit_by_caa,
                .spoil = permit_every_account,
                .note = "The CAA record of the good example names the account, that of the bad "
                        "one the CA alone."},
    .check = check,
};

}  // namespace persist::rules
