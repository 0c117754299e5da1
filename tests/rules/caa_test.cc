#include "rules/caa_fault.h"

#include <gmock/gmock.h>

#include "rules/example.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

using ::testing::ElementsAreArray;

struct Case {
  std::string name;
  std::vector<std::string> issue;  ///< values of issue properties
  std::vector<std::string> want;
  void (*arrange)(Subject&) = nullptr;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string account = "; accounturi=https://ca.example/acct/1";

void do_not_ask(Subject& subject) {
  subject.caa_answers.clear();
}

void fail(Subject& subject) {
  subject.caa_answers = {
      {.name = subject.required.identifier.name, .outcome = record::DnsOutcome::failed}};
}

void have_iodef_only(Subject& subject) {
  set_caa(subject, {{.tag = "iodef", .value = "mailto:a@example.com"}});
}

void use_baseline_requirements(Subject& subject) {
  subject.ca = record::find_profile("br-only");
}

void use_baseline_requirements_later(Subject& subject) {
  use_baseline_requirements(subject);
  subject.now = record::caa_parameters_day;
}

const std::string ignores_policy =
    "DP407 warning: a CA with method 22 of the Baseline Requirements alone ignores policy: this "
    "record lets it issue for *.example.com too";

const Case cases[] = {
    {"permits", {"ca.example" + account}, {}},
    {"permits_every_account",
     {"other.example", "ca.example"},
     {"DP607 notice: the CAA record of example.com permits every account of ca.example"}},
    {"one_property_without_an_account_is_enough",
     {"ca.example" + account, "ca.example"},
     {"DP607 notice: the CAA record of example.com permits every account of ca.example"}},
    {"a_property_that_does_not_permit_is_no_hole",
     {"ca.example" + account, "ca.example; validationmethods=http-01"},
     {}},
    {"none", {}, {"DP606 notice: no CAA record at example.com or above: every CA may issue"}},
    {"iodef_only",
     {},
     {"DP606 notice: no CAA record of example.com restricts who issues"},
     have_iodef_only},
    {"not_asked", {}, {}, do_not_ask},
    {"failed",
     {},
     {"DP102 unknown: the record is good, but the CAA records of example.com could not be looked "
      "up"},
     fail},
    {"forbids",
     {"other.example"},
     {"DP601 error: the CAA records of example.com permit \"other.example\", not ca.example"}},
    {"method",
     {"ca.example; validationmethods=http-01"},
     {"DP602 error: the CAA record of example.com for ca.example permits the methods "
      "\"http-01\", not dns-persist-01"}},
    {"account",
     {"ca.example; accounturi=https://ca.example/acct/2"},
     {"DP603 error: the CAA record of example.com for ca.example permits the account "
      "\"https://ca.example/acct/2\", not \"https://ca.example/acct/1\""}},
    {"method_soon",
     {"ca.example; validationmethods=http-01" + account},
     {ignores_policy,
      "DP605 warning: from 2027-03-15 on the CAA record of example.com for ca.example permits the "
      "methods \"http-01\", not dns-persist-01"},
     use_baseline_requirements},
    {"method_now",
     {"ca.example; validationmethods=http-01"},
     {ignores_policy,
      "DP602 error: the CAA record of example.com for ca.example permits the methods "
      "\"http-01\", not dns-persist-01"},
     use_baseline_requirements_later},
};

std::vector<std::string> lines_of(const Subject& subject) {
  std::vector<std::string> lines;
  for (const report::Diagnostic& found : run_rules(subject)) {
    lines.push_back(std::string(found.rule) + " " + std::string(report::to_text(found.severity)) +
                    ": " + found.message);
  }
  return lines;
}

class CaaRules : public ::testing::TestWithParam<Case> {};

TEST_P(CaaRules, SayWhatCaaDoes) {
  const Case& row = GetParam();
  Subject subject =
      make_good_example({.good = {"ca.example; accounturi=https://ca.example/acct/1"}, .bad = {}});
  std::vector<record::CaaRecord> rrset;
  for (const std::string& value : row.issue) rrset.push_back({.tag = "issue", .value = value});
  set_caa(subject, std::move(rrset));
  if (row.arrange != nullptr) row.arrange(subject);
  judge(subject);
  EXPECT_THAT(lines_of(subject), ElementsAreArray(row.want));
}

INSTANTIATE_TEST_SUITE_P(Table, CaaRules, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::rules
