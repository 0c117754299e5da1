// What comes back, and in which order, whatever the order of the answers.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "survey_runs.h"

namespace persist::survey {
namespace {

using persist::testing::AnswerOrder;
using persist::testing::failed_answer;
using persist::testing::FakeResolver;
using persist::testing::txt_answer;
using persist::testing::usual_record;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;

struct Order {
  std::string name;
  AnswerOrder order;
  std::uint32_t seed = 1;
  std::size_t window = 128;
  std::size_t most_open = 65'536;
  friend void PrintTo(const Order& row, std::ostream* out) { *out << row.name; }
};

const Order orders[] = {
    {.name = "first_come", .order = AnswerOrder::first_come},
    {.name = "last_come", .order = AnswerOrder::last_come},
    {.name = "shuffled_1", .order = AnswerOrder::shuffled, .seed = 1},
    {.name = "shuffled_2", .order = AnswerOrder::shuffled, .seed = 2},
    {.name = "shuffled_3", .order = AnswerOrder::shuffled, .seed = 3},
    {.name = "one_under_way", .order = AnswerOrder::first_come, .window = 1},
    {.name = "all_under_way", .order = AnswerOrder::last_come, .window = 100'000},
    {.name = "one_open", .order = AnswerOrder::shuffled, .most_open = 1},
    {.name = "two_open", .order = AnswerOrder::shuffled, .most_open = 2},
    {.name = "seven_open", .order = AnswerOrder::last_come, .most_open = 7},
};

constexpr std::size_t kinds = 6;

/// A name of 234 octets: one too many for the label in front.
std::string too_long_name(std::size_t i) {
  const std::string label(63, 'a');
  return fmt::format("{0}.{0}.{0}.{1:b>30}.n{2:05}.test", label, "b", i);
}

std::string identifier_at(std::size_t i) {
  if (i % kinds == 4) return too_long_name(i);
  if (i % kinds == 5) return "again.example";
  return fmt::format("n{}.example", i);
}

std::string line_at(std::size_t i) {
  switch (i % kinds) {
    case 0:
      return identifier_at(i) + ": authorized";
    case 1:
      return identifier_at(i) + ": refused dns nxdomain";
    case 2:
      return identifier_at(i) + ": refused unauthorized no-record";
    case 3:
      return identifier_at(i) + ": unknown dns dns-failure";
    case 4:
      return identifier_at(i) + ": refused malformed name-too-long";
    default:
      return identifier_at(i) + ": authorized";
  }
}

class SurveyOrder : public ::testing::TestWithParam<Order> {};

void fill(FakeResolver& resolver, std::size_t count) {
  resolver.set_record("again.example", {usual_record});
  for (std::size_t i = 0; i < count; ++i) {
    if (i % kinds == 0) resolver.set_record(identifier_at(i), {usual_record});
    if (i % kinds == 2) resolver.set_record(identifier_at(i), txt_answer({}));
    if (i % kinds == 3)
      resolver.set_record(identifier_at(i), failed_answer(dns::LookupErrorCode::rcode));
  }
}

TEST_P(SurveyOrder, L04_ResultsStandInTheOrderOfTheList) {
  constexpr std::size_t count = 10'000;
  FakeResolver resolver;
  resolver.order = GetParam().order;
  resolver.seed = GetParam().seed;
  resolver.window = GetParam().window;
  fill(resolver, count);
  const auto lines = survey_all(
      resolver, count, [](std::size_t i) { return inquiry_of(identifier_at(i)); },
      GetParam().most_open);
  ASSERT_THAT(lines, SizeIs(count));
  for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(lines[i], line_at(i)) << i;
  EXPECT_LE(resolver.most_open(), std::min(GetParam().window, GetParam().most_open));
}

INSTANTIATE_TEST_SUITE_P(Table, SurveyOrder, ::testing::ValuesIn(orders),
                         [](const auto& row) { return row.param.name; });

TEST(Survey, NoInquiryNoQuestion) {
  FakeResolver resolver;
  EXPECT_THAT(survey_all(resolver, std::vector<std::string>{}), SizeIs(0));
  EXPECT_THAT(resolver.asked(), SizeIs(0));
}

TEST(Survey, ANameTooLongIsJudgedWithoutAQuestion) {
  FakeResolver resolver;
  const std::string name = too_long_name(1);
  EXPECT_THAT(survey_all(resolver, {name, "*." + name}),
              ElementsAre(name + ": refused malformed name-too-long",
                          "*." + name + ": refused malformed name-too-long"));
  EXPECT_THAT(resolver.asked(), SizeIs(0));
}

TEST(Survey, L05_ANameUnderWayIsAskedOnce) {
  FakeResolver resolver;
  resolver.set_record("a.example", {usual_record});
  EXPECT_THAT(survey_all(resolver, {"a.example", "b.example", "*.a.example", "a.example"}),
              ElementsAre("a.example: authorized", "b.example: refused dns nxdomain",
                          "*.a.example: refused unauthorized policy-not-wildcard",
                          "a.example: authorized"));
  EXPECT_THAT(resolver.asked(), ElementsAre("TXT _validation-persist.a.example",
                                            "TXT _validation-persist.b.example"));
}

TEST(Survey, L05_ANameWhoseAnswerIsGoneIsAskedAgain) {
  FakeResolver resolver;
  resolver.set_record("a.example", {usual_record});
  EXPECT_THAT(survey_all(resolver, {"a.example", "a.example", "a.example"}, false, 1),
              Each("a.example: authorized"));
  EXPECT_THAT(resolver.asked(), SizeIs(3));
}

TEST(Survey, ChecksOfOneInquiryShareTheAnswer) {
  FakeResolver resolver;
  resolver.set_record("a.example", {usual_record});
  const auto lines = survey_all(resolver, 1, [](std::size_t) {
    Inquiry inquiry = inquiry_of("a.example");
    inquiry.subjects.push_back(subject_of("*.a.example"));
    return inquiry;
  });
  EXPECT_THAT(lines, ElementsAre("a.example: authorized",
                                 "*.a.example: refused unauthorized policy-not-wildcard"));
  EXPECT_THAT(resolver.asked(), SizeIs(1));
}

TEST(Survey, WhatIsUnderWayWhenTheRunEndsIsUnknown) {
  FakeResolver resolver;
  resolver.set_record("a.example", {usual_record});
  resolver.window = 3;
  resolver.order = AnswerOrder::last_come;  // c.example is answered, then d.example
  resolver.answers_before_stop = 2;
  EXPECT_THAT(
      survey_all(resolver, {"a.example", "b.example", "c.example", "d.example", "e.example"}),
      ElementsAre("a.example: unknown dns dns-failure", "b.example: unknown dns dns-failure",
                  "c.example: refused dns nxdomain", "d.example: refused dns nxdomain"))
      << "e.example was never asked";
}

}  // namespace
}  // namespace persist::survey
