// persist-lint over lists: whole outputs, the exit status, and how often DNS is asked.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "lint_runs.h"

namespace persist::lint {
namespace {

using persist::testing::AnswerOrder;
using persist::testing::FakeEnvironment;
using persist::testing::ProgramRun;
using persist::testing::usual_record;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A run whose whole output is `tests/testdata/lint/<name>.txt`.
struct Case {
  std::string name;
  std::vector<std::string> arguments;
  int status;
  std::size_t questions;
  void (*arrange)(FakeEnvironment&) = nullptr;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"mixed_text", {"mixed.yaml"}, 1, 30},
    {"mixed_verbose", {"mixed.yaml", "--verbose"}, 1, 30},
    {"mixed_color",
     {"mixed.yaml"},
     1,
     30,
     [](FakeEnvironment& fake) { fake.out_is_terminal = true; }},
    {"mixed_at_another_time", {"mixed.yaml", "--now", "2027-07-01T00:00:00Z"}, 1, 29},
    {"two_lists", {"warnings_only.yaml", "unknown_only.yaml"}, 3, 6},
    {"warnings_only", {"warnings_only.yaml"}, 0, 5},
    {"warnings_fail_on_warning", {"warnings_only.yaml", "--fail-on", "warning"}, 1, 5},
    {"warnings_fail_on_notice", {"warnings_only.yaml", "--fail-on", "notice"}, 1, 5},
    {"warn_before_given",
     {"warnings_only.yaml", "--fail-on", "warning", "--warn-before", "1d"},
     0,
     5},
    {"unknown_only", {"unknown_only.yaml"}, 3, 4},
    {"unknown_and_fail_on_warning", {"unknown_only.yaml", "--fail-on", "warning"}, 3, 4},
    {"accepted_only", {"accepted_only.yaml"}, 0, 1},
    {"account_from_flags", std::vector<std::string>{"no_account.yaml"} + own_ca, 1, 4},
    {"hashed", {"hashed.yaml"}, 1, 1},
    {"given_names",
     std::vector<std::string>{"-d", "ok.example", "-d", "*.ok.example", "-d", "missing.example"} +
         own_ca,
     1, 4},
    {"given_name_twice", std::vector<std::string>{"-d", "ok.example", "-d", "OK.example"} + own_ca,
     0, 3},
    {"given_name_is_good", std::vector<std::string>{"-d", "ok.example"} + own_ca, 0, 3},
    {"interrupted",
     {"mixed.yaml"},
     3,
     6,
     [](FakeEnvironment& fake) {
       fake.resolver.window = 2;
       fake.resolver.answers_before_stop = 5;  // TXT and CAA of the first two names
       fake.resolver.sets_stop_flag = true;
     }},
};

class Audit : public ::testing::TestWithParam<Case> {};

TEST_P(Audit, WholeOutput) {
  FakeEnvironment fake;
  fill(fake.resolver);
  if (GetParam().arrange != nullptr) GetParam().arrange(fake);
  const ProgramRun got = run_in_testdata(fake, GetParam().arguments);
  EXPECT_EQ(got.status, GetParam().status);
  EXPECT_EQ(fake.resolver.asked().size(), GetParam().questions);
  testing::expect_golden("lint/" + GetParam().name + ".txt", to_text(got));
}

INSTANTIATE_TEST_SUITE_P(Table, Audit, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

// ---- JSON

ProgramRun run_mixed(const std::vector<std::string>& options,
                     AnswerOrder order = AnswerOrder::first_come, std::size_t window = 128) {
  FakeEnvironment fake;
  fill(fake.resolver);
  fake.resolver.order = order;
  fake.resolver.window = window;
  return run_in_testdata(fake, std::vector<std::string>{"mixed.yaml"} + options);
}

TEST(AuditJson, WholeOutput) {
  const ProgramRun document = run_mixed({"--format", "json"});
  const ProgramRun lines = run_mixed({"--format", "jsonl"});
  EXPECT_EQ(document.status, 1);
  EXPECT_EQ(lines.status, 1);
  EXPECT_THAT(document.err + lines.err, IsEmpty());
  // Read by the test lint.schema, too.
  testing::expect_golden("lint/mixed.json", document.out);
  testing::expect_golden("lint/mixed.jsonl", lines.out);
}

TEST(AuditJson, TheSummaryCountsTheChecks) {
  const auto document = nlohmann::json::parse(run_mixed({"--format", "json"}).out);
  std::map<std::string, int> verdicts, levels;
  for (const auto& check : document["checks"]) {
    ++verdicts[check["verdict"]];
    for (const auto& finding : check["findings"]) ++levels[finding["level"]];
  }
  const auto& summary = document["summary"];
  EXPECT_EQ(summary["checks"], document["checks"].size());
  for (const char* const verdict : {"authorized", "refused", "unknown"})
    EXPECT_EQ(summary[verdict], verdicts[verdict]);
  EXPECT_EQ(summary["errors"], levels["error"]);
  EXPECT_EQ(summary["warnings"], levels["warning"]);
  EXPECT_EQ(summary["notices"], levels["notice"]);
  EXPECT_EQ(summary["suppressed"], 1);
  EXPECT_EQ(document["complete"], true);
}

TEST(AuditJson, TheAccountIsNamedAsInTheList) {
  const auto document = nlohmann::json::parse(run_mixed({"--format", "json"}).out);
  std::vector<std::string> accounts;
  for (const auto& check : document["checks"]) {
    if (check["name"] == "two.example") accounts.push_back(check["account"]);
  }
  EXPECT_EQ(accounts, (std::vector<std::string>{"main", "second"}));
}

// ---- what must hold for every list

TEST(AuditRun, L04_TheOrderOfAnswersLeavesNoTrace) {
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{}, {"--verbose"}, {"--format", "json"}, {"--format", "jsonl"}}) {
    const ProgramRun first = run_mixed(options);
    EXPECT_EQ(run_mixed(options, AnswerOrder::last_come), first);
    EXPECT_EQ(run_mixed(options, AnswerOrder::shuffled), first);
    EXPECT_EQ(run_mixed(options, AnswerOrder::first_come, 1), first);
  }
}

TEST(AuditRun, S13_NoOctetOfAForeignRecordIsShown) {
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{"--verbose"}, {"--format", "json"}}) {
    EXPECT_THAT(run_mixed(options).out, Not(HasSubstr("hunter2")));
  }
}

TEST(AuditRun, DP402_IsSilentWhereTheWildcardStandsElsewhereInTheList) {
  const std::string out = run_mixed({}).out;
  EXPECT_THAT(
      out,
      HasSubstr("warning: the record says policy=wildcard, but only broad.example is on the list"));
  EXPECT_THAT(out, Not(HasSubstr("narrow.example")));
}

TEST(AuditRun, L10_AnIgnoreThatEndedHidesNothing) {
  const std::string out = run_mixed({}).out;
  EXPECT_THAT(out, HasSubstr("only lapsed.example is on the list"));
  EXPECT_THAT(out, Not(HasSubstr("accepted.example")));
  EXPECT_THAT(out, HasSubstr(", 1 suppressed\n"));
}

TEST(AuditRun, L03_AThousandUnknownNamesAreAFewLines) {
  std::vector<std::string> arguments = own_ca;
  FakeEnvironment fake;
  for (int i = 0; i < 1000; ++i) {
    arguments.push_back(fmt::format("-dn{}.example", i));
    fake.resolver.set_record(fmt::format("n{}.example", i),
                             persist::testing::failed_answer(dns::LookupErrorCode::timeout));
  }
  const ProgramRun got = run_in_testdata(fake, arguments);
  EXPECT_EQ(got.status, 3);
  EXPECT_LT(std::count(got.out.begin(), got.out.end(), '\n'), 50);
  EXPECT_THAT(got.out, HasSubstr("summary: 1000 of 1000 could not be checked\n"));
}

TEST(AuditRun, NoColorIsHeeded) {
  FakeEnvironment fake;
  fill(fake.resolver);
  fake.out_is_terminal = true;
  fake.variables = {{"NO_COLOR", "1"}};
  EXPECT_EQ(run_in_testdata(fake, {"mixed.yaml"}), run_mixed({}));
}

TEST(AuditRun, S01_VariablesOfTheHookHaveNoEffect) {
  FakeEnvironment fake;
  fill(fake.resolver);
  fake.variables = {{"PERSIST_HOOK_NOW", "0"},
                    {"PERSIST_HOOK_BOGUS", "1"},
                    {"PERSIST_HOOK_CLIMB_PARENTS", "true"}};
  EXPECT_EQ(run_in_testdata(fake, {"mixed.yaml"}), run_mixed({}));
}

}  // namespace
}  // namespace persist::lint
