// Which parents are asked, and what their answers change.

#include <gmock/gmock.h>

#include "survey_runs.h"

namespace persist::survey {
namespace {

using persist::testing::failed_answer;
using persist::testing::FakeResolver;
using persist::testing::txt_answer;
using persist::testing::usual_record;
using ::testing::ElementsAre;

const std::string wildcard_record = usual_record + "; policy=wildcard";

struct Known {
  std::string name;
  std::vector<std::string> texts;
};

struct Case {
  std::string title;
  std::string identifier;
  std::vector<Known> records;
  std::string failing;  ///< the name at which no answer can be had
  std::string verdict;
  std::vector<std::string> asked;  ///< without the label
  bool climb = true;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.title; }
};

const Case cases[] = {
    {.title = "record_at_the_name",
     .identifier = "a.b.example.com",
     .records = {{"a.b.example.com", {usual_record}}},
     .failing = "",
     .verdict = "authorized",
     .asked = {"a.b.example.com"}},
    {.title = "ca_does_not_climb",
     .identifier = "a.b.example.com",
     .records = {{"example.com", {wildcard_record}}},
     .failing = "",
     .verdict = "refused dns nxdomain",
     .asked = {"a.b.example.com"},
     .climb = false},
    {.title = "record_at_the_parent",
     .identifier = "a.b.example.com",
     .records = {{"b.example.com", {wildcard_record}}},
     .failing = "",
     .verdict = "authorized",
     .asked = {"a.b.example.com", "b.example.com"}},
    {.title = "record_at_the_registrable_domain",
     .identifier = "a.b.example.com",
     .records = {{"example.com", {wildcard_record}}},
     .failing = "",
     .verdict = "authorized",
     .asked = {"a.b.example.com", "b.example.com", "example.com"}},
    {.title = "parent_without_policy",
     .identifier = "a.example.com",
     .records = {{"example.com", {usual_record}}},
     .failing = "",
     .verdict = "refused unauthorized subdomain-not-authorized",
     .asked = {"a.example.com", "example.com"}},
    {.title = "stops_below_a_public_suffix_of_two_labels",
     .identifier = "a.example.co.uk",
     .records = {{"co.uk", {wildcard_record}}},
     .failing = "",
     .verdict = "refused dns nxdomain",
     .asked = {"a.example.co.uk", "example.co.uk"}},
    {.title = "registrable_domain_has_no_parent_to_ask",
     .identifier = "*.example.com",
     .records = {{"com", {wildcard_record}}},
     .failing = "",
     .verdict = "refused dns nxdomain",
     .asked = {"example.com"}},
    {.title = "a_failed_name_ends_the_climb",
     .identifier = "a.example.com",
     .records = {{"example.com", {wildcard_record}}},
     .failing = "a.example.com",
     .verdict = "unknown dns dns-failure",
     .asked = {"a.example.com"}},
    {.title = "a_failed_parent_makes_it_unknown",
     .identifier = "a.b.example.com",
     .records = {{"example.com", {wildcard_record}}},
     .failing = "b.example.com",
     .verdict = "unknown dns dns-failure",
     .asked = {"a.b.example.com", "b.example.com"}},
    {.title = "nodata_goes_on",
     .identifier = "a.example.com",
     .records = {{"a.example.com", {}}, {"example.com", {wildcard_record}}},
     .failing = "",
     .verdict = "authorized",
     .asked = {"a.example.com", "example.com"}},
};

class Climbing : public ::testing::TestWithParam<Case> {};

TEST_P(Climbing, AsksAndJudges) {
  FakeResolver resolver;
  for (const Known& known : GetParam().records) resolver.set_record(known.name, known.texts);
  if (!GetParam().failing.empty()) {
    resolver.set_record(GetParam().failing, failed_answer(dns::LookupErrorCode::timeout));
  }
  const auto lines = survey_all(resolver, {GetParam().identifier}, GetParam().climb);
  EXPECT_THAT(lines, ElementsAre(GetParam().identifier + ": " + GetParam().verdict));
  std::vector<std::string> want;
  for (const std::string& name : GetParam().asked)
    want.push_back("TXT _validation-persist." + name);
  EXPECT_EQ(resolver.asked(), want);
}

INSTANTIATE_TEST_SUITE_P(Table, Climbing, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.title; });

TEST(SurveyClimb, L05_TwoNamesShareTheQuestionForTheirParent) {
  FakeResolver resolver;
  resolver.set_record("example.com", {wildcard_record});
  EXPECT_THAT(survey_all(resolver, {"a.example.com", "b.example.com", "example.com"}, true),
              ElementsAre("a.example.com: authorized", "b.example.com: authorized",
                          "example.com: authorized"));
  EXPECT_THAT(resolver.asked(), ElementsAre("TXT _validation-persist.a.example.com",
                                            "TXT _validation-persist.b.example.com",
                                            "TXT _validation-persist.example.com"));
}

TEST(SurveyClimb, OnlyTheChecksThatAreRefusedSeeTheParent) {
  FakeResolver resolver;
  resolver.set_record("a.example.com", {usual_record});
  resolver.set_record("example.com", {wildcard_record});
  std::vector<std::size_t> answers;
  int next = 0;
  Survey survey(
      [&]() -> std::optional<Inquiry> {
        if (next++ > 0) return {};
        Inquiry inquiry = inquiry_of("a.example.com", true);
        inquiry.subjects.push_back(subject_of("*.a.example.com", true));
        return inquiry;
      },
      [&answers](const Inquiry& done) {
        for (const Subject& subject : done.subjects) answers.push_back(subject.answers.size());
      });
  resolver.run(survey, {});
  EXPECT_THAT(answers, ElementsAre(1U, 2U));
}

TEST(SurveyClimb, TheLookUpFactsAreThoseOfTheNameItself) {
  FakeResolver resolver;
  auto aliased = *txt_answer({});
  aliased.chain = {*dns::Name::parse("alias.example.net")};
  aliased.ttl = std::chrono::seconds{7};
  resolver.set_record("a.example.com", persist::testing::Outcome(aliased));
  resolver.set_record("example.com", {wildcard_record});
  LookupFacts facts;
  int next = 0;
  Survey survey(
      [&]() -> std::optional<Inquiry> {
        if (next++ > 0) return {};
        return inquiry_of("a.example.com", true);
      },
      [&facts](const Inquiry& done) { facts = done.subjects.front().lookup; });
  resolver.run(survey, {});
  EXPECT_THAT(facts.chain, ElementsAre(*dns::Name::parse("alias.example.net")));
  EXPECT_EQ(facts.ttl, std::chrono::seconds{7});
}

}  // namespace
}  // namespace persist::survey
