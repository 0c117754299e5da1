#include <fmt/format.h>

#include <algorithm>

#include "rules/issuer_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

using config::EntryState;
using record::Reason;

bool is_expected(const Subject& subject) {
  if (subject.entry == nullptr) return false;
  const auto reason = subject.evaluation.reason;
  const bool missing = reason == Reason::nxdomain || reason == Reason::no_record;
  return subject.entry->state == EntryState::retired ||
         (subject.entry->state == EntryState::planned && missing);
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (is_expected(subject)) return {};
  const auto reason = subject.evaluation.reason.value_or(Reason::no_record);
  if (reason == Reason::issuer_mismatch) {
    const std::string ca = expected_issuers(subject);
    return {{records.size() == 1 ? fmt::format("the TXT record at the name is not for {}", ca)
                                 : fmt::format("none of {} TXT records at the name is for {}",
                                               records.size(), ca)}};
  }
  return {{fmt::format("{} is not authorised ({})", subject.required.identifier.text(),
                       record::to_code(reason))}};
}

}  // namespace

extern const Rule not_authorized{
    .id = "DP100",
    .name = "not-authorized",
    .level = Level::error,
    .title = "the CA would refuse, and no other rule says why",
    .rationale =
        "Without a record that authorises the account every order for the name fails. "
        "This rule speaks where no more precise one does.",
    .remedy = "Publish a record for this CA and account.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.3.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"v=spf1 -all"}},
    .check = check,
    .is_fallback = true,
};

}  // namespace persist::rules
