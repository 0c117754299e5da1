// Which names are asked for CAA, when, and what that does to the verdict.

#include <gmock/gmock.h>

#include "survey_runs.h"

namespace persist::survey {
namespace {

using persist::testing::AnswerOrder;
using persist::testing::caa_answer;
using persist::testing::failed_answer;
using persist::testing::FakeResolver;
using persist::testing::nxdomain_answer;
using persist::testing::Outcome;
using persist::testing::usual_record;
using ::testing::ElementsAre;
using ::testing::SizeIs;

Inquiry asking(std::string_view identifier, bool climb = false) {
  Inquiry inquiry = inquiry_of(identifier, climb);
  inquiry.subjects.front().asks_caa = true;
  return inquiry;
}

std::vector<std::string> survey_caa(FakeResolver& resolver,
                                    const std::vector<std::string>& identifiers,
                                    std::size_t most_open = 65'536) {
  return survey_all(
      resolver, identifiers.size(), [&](std::size_t i) { return asking(identifiers[i]); },
      most_open);
}

struct Case {
  std::string title;
  std::string identifier;
  std::vector<std::pair<std::string, Outcome>> known;
  std::string verdict;
  std::vector<std::string> asked;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.title; }
};

Outcome stale(Outcome outcome) {
  outcome->extended_error = dns::ExtendedError{.code = 3};
  return outcome;
}

const Case cases[] = {
    {"climbs_to_the_top",
     "a.example.com",
     {},
     "authorized",
     {"CAA a.example.com", "CAA example.com", "CAA com"}},
    {"nxdomain_is_no_set",
     "a.example.com",
     {{"a.example.com", nxdomain_answer()}},
     "authorized",
     {"CAA a.example.com", "CAA example.com", "CAA com"}},
    {"ends_at_the_first_set",
     "a.example.com",
     {{"a.example.com", caa_answer({"0 issue ca.example"})},
      {"example.com", caa_answer({"0 issue ;"})}},
     "authorized",
     {"CAA a.example.com"}},
    {"a_parent_forbids",
     "a.example.com",
     {{"example.com", caa_answer({"0 issue ;"})}},
     "refused caa caa-forbids",
     {"CAA a.example.com", "CAA example.com"}},
    {"the_star_is_not_asked",
     "*.a.example.com",
     {{"a.example.com", caa_answer({"0 issue ca.example", "0 issuewild ;"})}},
     "refused caa caa-issuewild",
     {"CAA a.example.com"}},
    {"failure_ends_the_climb",
     "a.example.com",
     {{"a.example.com", failed_answer(dns::LookupErrorCode::rcode)},
      {"example.com", caa_answer({"0 issue ca.example"})}},
     "unknown dns dns-failure",
     {"CAA a.example.com"}},
    {"failure_of_the_parent",
     "a.example.com",
     {{"example.com", failed_answer(dns::LookupErrorCode::timeout)}},
     "unknown dns dns-failure",
     {"CAA a.example.com", "CAA example.com"}},
    {"stale_answer",
     "a.example.com",
     {{"a.example.com", stale(caa_answer({"0 issue ;"}))}},
     "unknown dns dns-suspicious",
     {"CAA a.example.com"}},
};

class SurveyCaa : public ::testing::TestWithParam<Case> {};

TEST_P(SurveyCaa, AsksAndJudges) {
  const Case& row = GetParam();
  FakeResolver resolver;
  resolver.set_record("a.example.com", {usual_record + "; policy=wildcard"});
  for (const auto& [owner, outcome] : row.known) resolver.set(owner, outcome);
  EXPECT_THAT(survey_caa(resolver, {row.identifier}),
              ElementsAre(row.identifier + ": " + row.verdict));
  std::vector<std::string> want{"TXT _validation-persist.a.example.com"};
  want.insert(want.end(), row.asked.begin(), row.asked.end());
  EXPECT_EQ(resolver.asked(), want);
}

INSTANTIATE_TEST_SUITE_P(Table, SurveyCaa, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.title; });

TEST(SurveyCaaNames, WithoutAnAuthorisingRecordNothingIsAsked) {
  FakeResolver resolver;
  resolver.set_record("b.example", {"other.example; accounturi=x:y"});
  resolver.set_record("c.example", failed_answer(dns::LookupErrorCode::timeout));
  EXPECT_THAT(survey_caa(resolver, {"a.example", "b.example", "c.example"}),
              ElementsAre("a.example: refused dns nxdomain",
                          "b.example: refused unauthorized issuer-mismatch",
                          "c.example: unknown dns dns-failure"));
  EXPECT_THAT(resolver.asked(), SizeIs(3));
}

TEST(SurveyCaaNames, ARecordOfTheParentMeetsTheCaaOfTheName) {
  FakeResolver resolver;
  resolver.set_record("example.com", {usual_record + "; policy=wildcard"});
  resolver.set("a.example.com", caa_answer({"0 issue ;"}));
  const auto lines =
      survey_all(resolver, 1, [](std::size_t) { return asking("a.example.com", true); });
  EXPECT_THAT(lines, ElementsAre("a.example.com: refused caa caa-forbids"));
  EXPECT_THAT(resolver.asked(),
              ElementsAre("TXT _validation-persist.a.example.com",
                          "TXT _validation-persist.example.com", "CAA a.example.com"));
}

TEST(SurveyCaaNames, ParentsUnderWayAreAskedOnce) {
  FakeResolver resolver;
  for (const char* name : {"a.example.com", "b.example.com", "example.com"}) {
    resolver.set_record(name, {usual_record});
  }
  EXPECT_THAT(survey_caa(resolver, {"a.example.com", "b.example.com", "example.com"}),
              ElementsAre("a.example.com: authorized", "b.example.com: authorized",
                          "example.com: authorized"));
  EXPECT_THAT(
      resolver.asked(),
      ElementsAre("TXT _validation-persist.a.example.com", "TXT _validation-persist.b.example.com",
                  "TXT _validation-persist.example.com", "CAA a.example.com", "CAA b.example.com",
                  "CAA example.com", "CAA com"));
}

TEST(SurveyCaaNames, TheTopLevelIsAskedOnceForTheWholeList) {
  FakeResolver resolver;
  resolver.set_record("a.example", {usual_record});
  resolver.set_record("b.example", {usual_record});
  EXPECT_THAT(survey_caa(resolver, {"a.example", "b.example"}, 1),
              ElementsAre("a.example: authorized", "b.example: authorized"));
  EXPECT_THAT(resolver.asked(),
              ElementsAre("TXT _validation-persist.a.example", "CAA a.example", "CAA example",
                          "TXT _validation-persist.b.example", "CAA b.example"));
}

TEST(SurveyCaaNames, ATopLevelThatFailedIsAskedAgain) {
  FakeResolver resolver;
  resolver.set_record("a.example", {usual_record});
  resolver.set_record("b.example", {usual_record});
  resolver.set("example", failed_answer(dns::LookupErrorCode::timeout));
  EXPECT_THAT(
      survey_caa(resolver, {"a.example", "b.example"}, 1),
      ElementsAre("a.example: unknown dns dns-failure", "b.example: unknown dns dns-failure"));
  EXPECT_THAT(resolver.asked(), SizeIs(6));
}

TEST(SurveyCaaNames, OnlyTheChecksThatAreAuthorisedAreJudged) {
  FakeResolver resolver;
  resolver.set_record("a.example", {usual_record});
  resolver.set("a.example", caa_answer({"0 issue ;"}));
  const auto lines = survey_all(resolver, 1, [](std::size_t) {
    Inquiry inquiry = asking("*.a.example");
    inquiry.subjects.push_back(std::move(asking("a.example").subjects.front()));
    inquiry.subjects.push_back(subject_of("a.example"));
    return inquiry;
  });
  EXPECT_THAT(lines, ElementsAre("*.a.example: refused unauthorized policy-not-wildcard",
                                 "a.example: refused caa caa-forbids", "a.example: authorized"));
}

TEST(SurveyCaaNames, L04_ManyNamesComeInOrderWhateverTheOrderOfTheAnswers) {
  constexpr std::size_t count = 2'000;
  FakeResolver resolver;
  resolver.order = AnswerOrder::shuffled;
  std::vector<std::string> identifiers;
  std::vector<std::string> want;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string zone = "z" + std::to_string(i % 50) + ".example";
    identifiers.push_back("n" + std::to_string(i) + "." + zone);
    if (i % 3 != 0) resolver.set_record(identifiers.back(), {usual_record});
    if (i % 50 == 7) resolver.set(zone, caa_answer({"0 issue ;"}));
    want.push_back(identifiers.back() + (i % 3 == 0    ? ": refused dns nxdomain"
                                         : i % 50 == 7 ? ": refused caa caa-forbids"
                                                       : ": authorized"));
  }
  EXPECT_EQ(survey_caa(resolver, identifiers), want);
  EXPECT_EQ(survey_caa(resolver, identifiers, 3), want);
}

TEST(SurveyCaaNames, WhatWaitsWhenTheRunEndsIsUnknown) {
  FakeResolver resolver;
  for (const char* name : {"a.example", "b.example", "c.example"}) {
    resolver.set_record(name, {usual_record});
  }
  resolver.window = 2;
  resolver.answers_before_stop = 1;  // b.example is under way, the CAA of a.example is to come
  EXPECT_THAT(
      survey_caa(resolver, {"a.example", "b.example", "c.example"}),
      ElementsAre("a.example: unknown dns dns-failure", "b.example: unknown dns dns-failure"))
      << "c.example was never asked";
}

TEST(CaaAnswer, D42_TheOrderOfArrivalLeavesNoTrace) {
  const auto name = persist::testing::name("a.example");
  const auto answer = to_caa_answer(name, caa_answer({"0 issue b", "128 iodef x", "0 issue a"}));
  EXPECT_EQ(answer.rrset,
            to_caa_answer(name, caa_answer({"0 issue a", "0 issue b", "128 iodef x"})).rrset);
  EXPECT_EQ(answer.outcome, record::DnsOutcome::answered);
}

}  // namespace
}  // namespace persist::survey
