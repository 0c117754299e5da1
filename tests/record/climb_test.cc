// A CA that looks at parents of the name for a record with policy=wildcard.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "record/evaluate.h"
#include "support/records.h"

namespace persist::testing {
namespace {

using record::DnsOutcome;
using record::NameAnswer;

const std::string wildcard = usual_record + "; policy=wildcard";

NameAnswer missing(std::string_view at) {
  return {name(at), DnsOutcome::nxdomain};
}
NameAnswer found(std::string_view at, std::string text) {
  return {name(at), DnsOutcome::answered, {txt(std::move(text))}};
}

struct Case {
  std::string name;
  std::vector<NameAnswer> answers;
  std::string want;
  std::size_t judged;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"parent_with_policy", {missing("a.b.example"), found("b.example", wildcard)}, "authorized", 1},
    {"parent_without_policy",
     {missing("a.b.example"), found("b.example", usual_record)},
     "refused unauthorized subdomain-not-authorized",
     1},
    {"parent_of_another",
     {missing("a.b.example"), found("b.example", "v=spf1 -all")},
     "refused unauthorized subdomain-not-authorized",
     1},
    {"nothing_at_the_parent",
     {missing("a.b.example"), missing("b.example")},
     "refused dns nxdomain",
     0},
    {"no_answer_for_the_parent", {missing("a.b.example")}, "refused dns nxdomain", 0},
    {"own_record_is_enough",
     {found("a.b.example", usual_record), found("b.example", wildcard)},
     "authorized",
     1},
    {"parent_saves_a_bad_record",
     {found("a.b.example", "x"), found("b.example", wildcard)},
     "authorized",
     2},
    {"own_refusal_stands",
     {found("a.b.example", usual_record + ";"), found("b.example", usual_record)},
     "refused malformed empty-parameter",
     2},
    {"failure_at_the_name",
     {{name("a.b.example"), DnsOutcome::failed}, found("b.example", wildcard)},
     "unknown dns dns-failure",
     0},
    {"failure_at_the_parent",
     {missing("a.b.example"), {name("b.example"), DnsOutcome::failed}},
     "unknown dns dns-failure",
     0},
    {"suspicious_parent",
     {missing("a.b.example"), {name("b.example"), DnsOutcome::suspicious, {txt(wildcard)}}},
     "unknown dns dns-suspicious",
     0},
    {"failure_behind_a_refusal",
     {found("a.b.example", "x"), {name("b.example"), DnsOutcome::failed}},
     "unknown dns dns-failure",
     1},
    {"failure_behind_a_proof",
     {missing("a.b.example"), found("b.example", wildcard), {name("example"), DnsOutcome::failed}},
     "authorized",
     1},
};

class Climb : public ::testing::TestWithParam<Case> {};

TEST_P(Climb, LooksUpwards) {
  auto required = wanting("a.b.example");
  required.climb = true;
  const auto evaluation = evaluate(GetParam().answers, required, profile("strict-01"), now);
  EXPECT_EQ(verdict(evaluation), GetParam().want);
  EXPECT_EQ(evaluation.judgements.size(), GetParam().judged);
}

INSTANTIATE_TEST_SUITE_P(Table, Climb, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Climb, IsNotDoneUnasked) {
  const std::vector<NameAnswer> answers{missing("a.b.example"), found("b.example", wildcard)};
  EXPECT_EQ(verdict(evaluate(answers, wanting("a.b.example"), profile("strict-01"), now)),
            "refused dns nxdomain");
}

TEST(Climb, JudgementTellsWhereTheRecordStands) {
  auto required = wanting("a.b.example");
  required.climb = true;
  const std::vector<NameAnswer> answers{found("a.b.example", "x"), found("b.example", wildcard)};
  const auto evaluation = evaluate(answers, required, profile("strict-01"), now);
  ASSERT_EQ(evaluation.judgements.size(), 2U);
  EXPECT_EQ(evaluation.judgements[0].validated_fqdn, name("a.b.example"));
  EXPECT_EQ(evaluation.judgements[1].validated_fqdn, name("b.example"));
}

}  // namespace
}  // namespace persist::testing
