#include "rules/caa_fault.h"

#include <utility>

#include "record/caa_text.h"

namespace persist::rules {

std::string caa_message(const Subject& subject) {
  if (!subject.caa) return "";
  const std::string text = record::describe(
      *subject.caa, {.required = subject.required, .ca = *subject.ca, .now = subject.now});
  return subject.caa_error ? text + ": " + dns::explain(*subject.caa_error) : text;
}

std::vector<Finding> caa_fault(const Subject& subject, record::Reason reason) {
  const bool forbids = subject.caa && subject.caa->outcome == record::Outcome::refused;
  if (!forbids || subject.caa->reason != reason) return {};
  return {{.message = caa_message(subject)}};
}

void set_caa(Subject& subject, std::vector<record::CaaRecord> rrset) {
  const auto outcome = rrset.empty() ? record::DnsOutcome::nodata : record::DnsOutcome::answered;
  subject.caa_answers = {
      {.name = subject.required.identifier.name, .outcome = outcome, .rrset = std::move(rrset)}};
}

void permit_by_caa(Subject& subject) {
  set_caa(subject, {{.tag = "issue",
                     .value = "ca.example; accounturi=https://ca.example/acct/1; "
                              "validationmethods=dns-persist-01"}});
}

}  // namespace persist::rules
