#include <fmt/format.h>

#include "record/caa_text.h"
#include "rules/caa_fault.h"

namespace persist::rules {
namespace {

constexpr UnixTime day = record::caa_parameters_day;

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  if (!subject.caa || subject.caa->outcome != record::Outcome::authorized || subject.now >= day) {
    return {};
  }
  const auto later = record::judge_caa(subject.caa_answers, subject.required, *subject.ca, day);
  if (later.outcome != record::Outcome::refused) return {};
  return {{fmt::format(
      "from {} on {}", to_date(day),
      record::describe(later, {.required = subject.required, .ca = *subject.ca, .now = day}))}};
}

void use_baseline_requirements(Subject& subject) {
  subject.ca = record::find_profile("br-only");
  permit_by_caa(subject);
}

void list_another_method(Subject& subject) {
  set_caa(subject, {{.tag = "issue", .value = "ca.example; validationmethods=dns-01"}});
}

}  // namespace

extern const Rule caa_forbids_soon{
    .id = "DP605",
    .name = "caa-forbids-soon",
    .level = Level::warning,
    .title = "the CAA records will forbid from 2027-03-15 on",
    .rationale =
        "Until that day a public CA may ignore accounturi and validationmethods in CAA records. "
        "From "
        "then on every one must honour them, and what is issued today will be refused.",
    .remedy = "Let the CAA record permit the account and dns-persist-01 before that day.",
    .citation = "TLS Baseline Requirements, section 3.2.2.8; RFC 8657, sections 3 and 4",
    .effective = "2027-03-15",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = use_baseline_requirements,
                .spoil = list_another_method,
                .note = "The CA does not look at the parameters yet; the CAA record of the good "
                        "example lists dns-persist-01, that of the bad one dns-01 alone."},
    .check = check,
};

}  // namespace persist::rules
