// What servers that were asked one by one say together.
#include "survey/views.h"

#include <gmock/gmock.h>

#include <ostream>

#include "survey_runs.h"

namespace persist::survey {
namespace {

using record::Outcome;

View says(const std::string& server, Outcome outcome) {
  View view{.server = server, .answers = {}};
  view.evaluation.outcome = outcome;
  if (outcome == Outcome::refused) {
    view.evaluation.reason = record::Reason::no_record;
    view.evaluation.error = record::AcmeError::unauthorized;
  }
  if (outcome == Outcome::unknown) view.evaluation.reason = record::Reason::accounturi_mismatch;
  return view;
}
View yes(const std::string& server) {
  return says(server, Outcome::authorized);
}
View no(const std::string& server) {
  return says(server, Outcome::refused);
}
View open(const std::string& server) {
  return says(server, Outcome::unknown);
}
View dead(const std::string& server) {
  return {.server = server, .fault = "no answer"};
}

struct Case {
  std::string name;
  std::vector<View> views;
  std::string of_those_that_answer;
  std::string of_all;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string refused = "refused unauthorized no-record";
const std::string unknown = "unknown dns dns-failure";

const Case cases[] = {
    {"nobody", {}, unknown, unknown},
    {"all_authorise", {yes("a"), yes("b")}, "authorized", "authorized"},
    {"all_refuse", {no("a"), no("b")}, refused, refused},
    {"they_disagree", {yes("a"), no("b")}, unknown, unknown},
    {"the_last_disagrees", {yes("a"), yes("b"), yes("c"), no("d")}, unknown, unknown},
    {"one_is_dead_the_other_authorises", {yes("a"), dead("b")}, "authorized", unknown},
    {"one_is_dead_the_other_refuses", {dead("a"), no("b")}, refused, unknown},
    {"all_are_dead", {dead("a"), dead("b")}, unknown, unknown},
    {"one_address_of_a_server_is_dead", {dead("a"), yes("a")}, "authorized", "authorized"},
    {"two_addresses_disagree", {no("a"), yes("a")}, unknown, unknown},
    {"all_are_open",
     {open("a"), open("b")},
     "unknown accounturi-mismatch",
     "unknown accounturi-mismatch"},
    {"one_is_open",
     {yes("a"), open("b")},
     "unknown accounturi-mismatch",
     "unknown accounturi-mismatch"},
    {"open_and_refused", {no("a"), open("b")}, unknown, unknown},
};

class Views : public ::testing::TestWithParam<Case> {};

TEST_P(Views, AreOneVerdict) {
  for (const auto agreement : {Agreement::of_those_that_answer, Agreement::of_all}) {
    Subject subject = subject_of("example.com");
    judge_by(subject, GetParam().views, agreement);
    EXPECT_EQ(testing::verdict(subject.evaluation),
              agreement == Agreement::of_all ? GetParam().of_all : GetParam().of_those_that_answer);
    EXPECT_EQ(subject.views.size(), GetParam().views.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Views, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

/// A subject whose only resolver gave this.
Subject seen(const testing::Outcome& outcome) {
  testing::FakeResolver resolver;
  resolver.set_record("example.com", outcome);
  Subject subject = subject_of("example.com");
  Survey survey(
      [&, given = false]() mutable -> std::optional<Inquiry> {
        if (std::exchange(given, true)) return {};
        return inquiry_of("example.com");
      },
      [&](Inquiry done) { subject = std::move(done.subjects.front()); });
  resolver.run(survey, {});
  return subject;
}

testing::Outcome validated(testing::Outcome outcome, const std::string& server) {
  outcome->authenticated = true;
  outcome->server = dns::parse_server_address(server).value();
  return outcome;
}

struct DnssecCase {
  std::string name;
  testing::Outcome outcome;
  std::string verdict;
  friend void PrintTo(const DnssecCase& row, std::ostream* out) { *out << row.name; }
};

const auto good = testing::txt_answer({testing::usual_record});
const DnssecCase dnssec_cases[] = {
    {"validated_on_this_host", validated(good, "127.0.0.1"), "authorized"},
    {"D39_claimed_over_a_network", validated(good, "192.0.2.53"), unknown},
    {"not_validated", good, unknown},
    {"refused_and_validated", validated(testing::nxdomain_answer(), "127.0.0.1"),
     "refused dns nxdomain"},
    {"refused_and_not_validated", testing::nxdomain_answer(), unknown},
    {"no_answer", testing::failed_answer(dns::LookupErrorCode::timeout), unknown},
};

class DemandDnssec : public ::testing::TestWithParam<DnssecCase> {};

TEST_P(DemandDnssec, Decides) {
  Subject subject = seen(GetParam().outcome);
  demand_dnssec(subject);
  EXPECT_EQ(testing::verdict(subject.evaluation), GetParam().verdict);
  EXPECT_EQ(subject.lacks_dnssec, GetParam().verdict == unknown && !subject.lookup.error);
}

INSTANTIATE_TEST_SUITE_P(Table, DemandDnssec, ::testing::ValuesIn(dnssec_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::survey
