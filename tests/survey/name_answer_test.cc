// What an answer means, before anybody judges it.

#include <gmock/gmock.h>

#include <algorithm>

#include "survey_runs.h"

namespace persist::survey {
namespace {

using persist::testing::failed_answer;
using persist::testing::FakeResolver;
using persist::testing::name;
using persist::testing::nxdomain_answer;
using persist::testing::Outcome;
using persist::testing::txt_answer;
using persist::testing::usual_record;
using record::DnsOutcome;
using ::testing::ElementsAre;

Outcome with_ede(Outcome outcome, std::uint16_t code) {
  dns::Answer answer = *std::move(outcome);
  answer.extended_error = dns::ExtendedError{.code = code};
  return answer;
}

struct Case {
  std::string title;
  Outcome outcome;
  DnsOutcome want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.title; }
};

const Case cases[] = {
    {"records", txt_answer({"v=spf1 -all"}), DnsOutcome::answered},
    {"D02_nodata", txt_answer({}), DnsOutcome::nodata},
    {"D01_nxdomain", nxdomain_answer(), DnsOutcome::nxdomain},
    {"D03_servfail", failed_answer(dns::LookupErrorCode::rcode), DnsOutcome::failed},
    {"D07_timeout", failed_answer(dns::LookupErrorCode::timeout), DnsOutcome::failed},
    {"stopped", failed_answer(dns::LookupErrorCode::stopped), DnsOutcome::failed},
    {"G02_stale_answer", with_ede(txt_answer({usual_record}), 3), DnsOutcome::suspicious},
    {"G02_forged_answer", with_ede(txt_answer({usual_record}), 4), DnsOutcome::suspicious},
    {"G02_blocked", with_ede(txt_answer({}), 15), DnsOutcome::suspicious},
    {"G02_censored", with_ede(nxdomain_answer(), 16), DnsOutcome::suspicious},
    {"G02_filtered", with_ede(nxdomain_answer(), 17), DnsOutcome::suspicious},
    {"G02_stale_nxdomain", with_ede(nxdomain_answer(), 19), DnsOutcome::suspicious},
    {"other_extended_error", with_ede(nxdomain_answer(), 29), DnsOutcome::nxdomain},
};

class ToNameAnswer : public ::testing::TestWithParam<Case> {};

TEST_P(ToNameAnswer, GivesOutcome) {
  EXPECT_EQ(to_name_answer(name("a.example"), GetParam().outcome).outcome, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, ToNameAnswer, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.title; });

TEST(NameAnswer, D42_TheOrderOfArrivalLeavesNoTrace) {
  std::vector<std::string> texts{"ca.example; accounturi=https://ca.example/acct/2", "v=spf1 -all",
                                 usual_record + "; persistUntil=1",
                                 "ca.example; accounturi=", "other.example"};
  std::sort(texts.begin(), texts.end());
  std::vector<std::vector<record::TxtRecord>> seen;
  std::vector<std::string> verdicts;
  do {
    const auto answer = to_name_answer(name("a.example"), txt_answer(texts));
    if (std::find(seen.begin(), seen.end(), answer.rrset) == seen.end())
      seen.push_back(answer.rrset);
    Subject subject = subject_of("a.example");
    subject.answers = {answer};
    judge(subject);
    const std::string verdict = persist::testing::verdict(subject.evaluation);
    if (std::find(verdicts.begin(), verdicts.end(), verdict) == verdicts.end())
      verdicts.push_back(verdict);
  } while (std::next_permutation(texts.begin(), texts.end()));
  EXPECT_EQ(seen.size(), 1U);
  EXPECT_THAT(verdicts, ElementsAre("refused malformed accounturi-empty"));
}

TEST(NameAnswer, KeepsCharacterStringsAndTtl) {
  const auto answer = to_name_answer(name("a.example"), txt_answer({std::string(300, 'x')}));
  ASSERT_EQ(answer.rrset.size(), 1U);
  EXPECT_EQ(answer.rrset[0].character_strings,
            (std::vector<std::string>{std::string(255, 'x'), std::string(45, 'x')}));
  EXPECT_EQ(answer.rrset[0].ttl, std::chrono::seconds{300});
}

struct Authentication {
  std::string title;
  std::string server;
  bool authenticated;
  bool want;
  friend void PrintTo(const Authentication& row, std::ostream* out) { *out << row.title; }
};

const Authentication authentications[] = {
    {"bit_from_this_host", "127.0.0.1", true, true},
    {"bit_from_this_host_over_ipv6", "::1", true, true},
    {"D39_bit_over_a_network", "192.0.2.53", true, false},
    {"no_bit", "127.0.0.1", false, false},
};

class Authenticated : public ::testing::TestWithParam<Authentication> {};

TEST_P(Authenticated, IsBelievedFromThisHostOnly) {
  dns::Answer answer = *txt_answer({usual_record});
  answer.server = *dns::parse_server_address(GetParam().server);
  answer.authenticated = GetParam().authenticated;
  FakeResolver resolver;
  resolver.set_record("a.example", Outcome(answer));
  std::vector<bool> got;
  int next = 0;
  Survey survey(
      [&]() -> std::optional<Inquiry> {
        if (next++ > 0) return {};
        return inquiry_of("a.example");
      },
      [&got](const Inquiry& done) { got.push_back(done.subjects.front().lookup.authenticated); });
  resolver.run(survey, {});
  EXPECT_THAT(got, ElementsAre(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, Authenticated, ::testing::ValuesIn(authentications),
                         [](const auto& row) { return row.param.title; });

}  // namespace
}  // namespace persist::survey
