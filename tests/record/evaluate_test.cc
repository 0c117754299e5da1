#include "record/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/records.h"

namespace persist::testing {
namespace {

using record::DnsOutcome;
using record::NameAnswer;
using record::Requirement;

struct Case {
  std::string name;
  std::string identifier;
  std::vector<std::string> texts;
  std::string want;
  std::string profile = "strict-01";
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string foreign = "other.example; accounturi=https://other.example/1";
const std::string other_account = "ca.example; accounturi=https://ca.example/acct/2";
const std::string expired = usual_record + "; persistUntil=1";
const std::string malformed = usual_record + ";";

const Case cases[] = {
    {"authorizes", "example.com", {usual_record}, "authorized"},
    {"wildcard_needs_policy",
     "*.example.com",
     {usual_record},
     "refused unauthorized policy-not-wildcard"},
    {"wildcard", "*.example.com", {usual_record + "; policy=wildcard"}, "authorized"},
    {"policy_covers_the_name_too",
     "example.com",
     {usual_record + "; policy=wildcard"},
     "authorized"},
    {"no_wildcard_rule_in_the_baseline", "*.example.com", {usual_record}, "authorized", "br-only"},
    {"expired", "example.com", {expired}, "refused unauthorized expired"},
    {"other_account", "example.com", {other_account}, "refused unauthorized accounturi-mismatch"},
    {"foreign", "example.com", {foreign}, "refused unauthorized issuer-mismatch"},
    {"no_issuer",
     "example.com",
     {"; accounturi=" + account_url},
     "refused unauthorized issuer-mismatch"},
    {"malformed", "example.com", {malformed}, "refused malformed empty-parameter"},
    {"foreign_and_broken",
     "example.com",
     {"other.example; ;; a"},
     "refused unauthorized issuer-mismatch"},
    {"good_beside_bad", "example.com", {malformed, foreign, expired, usual_record}, "authorized"},
    {"permissions_are_not_combined",
     "*.example.com",
     {usual_record, other_account + "; policy=wildcard"},
     "refused unauthorized policy-not-wildcard"},
    {"malformed_wins_behind",
     "example.com",
     {expired, malformed},
     "refused malformed empty-parameter"},
    {"malformed_wins_before",
     "example.com",
     {malformed, expired},
     "refused malformed empty-parameter"},
    {"first_malformed",
     "example.com",
     {usual_record + "; x", malformed},
     "refused malformed missing-equals"},
    {"first_refusal",
     "example.com",
     {other_account, expired},
     "refused unauthorized accounturi-mismatch"},
    {"foreign_before_ours", "example.com", {foreign, expired}, "refused unauthorized expired"},
    {"account_before_policy",
     "*.example.com",
     {other_account + "; persistUntil=1"},
     "refused unauthorized accounturi-mismatch"},
    {"policy_before_time", "*.example.com", {expired}, "refused unauthorized policy-not-wildcard"},
    {"no_records", "example.com", {}, "refused unauthorized no-record"},
};

class Evaluate : public ::testing::TestWithParam<Case> {};

TEST_P(Evaluate, GivesOutcomeErrorAndReason) {
  const Case& row = GetParam();
  const auto evaluation =
      evaluate_at_name(txts(row.texts), wanting(row.identifier), profile(row.profile));
  EXPECT_EQ(verdict(evaluation), row.want);
  ASSERT_EQ(evaluation.judgements.size(), row.texts.size());
  for (std::size_t i = 0; i < row.texts.size(); ++i) {
    EXPECT_EQ(evaluation.judgements[i].found, txt(row.texts[i]));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Evaluate, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Evaluate, AnyOfTheOfferedIssuersWillDo) {
  Requirement required = wanting("example.com");
  required.issuer_domain_names = {name("first.example"), name("ca.example")};
  EXPECT_EQ(verdict(evaluate_at_name({txt(usual_record)}, required, profile("strict-01"))),
            "authorized");
  required.issuer_domain_names.clear();
  EXPECT_EQ(verdict(evaluate_at_name({txt(usual_record)}, required, profile("strict-01"))),
            "refused unauthorized issuer-mismatch");
}

TEST(Evaluate, AccountMustBeValid) {
  Requirement required = wanting("example.com");
  for (const auto status : {record::AccountStatus::deactivated, record::AccountStatus::revoked}) {
    required.account.status = status;
    EXPECT_EQ(verdict(evaluate_at_name({txt(usual_record)}, required, profile("letsencrypt"))),
              "refused unauthorized account-deactivated");
  }
}

struct OutcomeCase {
  std::string name;
  DnsOutcome outcome;
  std::string draft;
  std::string pebble;
  friend void PrintTo(const OutcomeCase& row, std::ostream* out) { *out << row.name; }
};

const OutcomeCase outcome_cases[] = {
    {"nodata", DnsOutcome::nodata, "refused unauthorized no-record",
     "refused unauthorized no-record"},
    {"nxdomain", DnsOutcome::nxdomain, "refused dns nxdomain", "refused unauthorized nxdomain"},
    {"failed", DnsOutcome::failed, "unknown dns dns-failure", "unknown unauthorized dns-failure"},
    {"suspicious", DnsOutcome::suspicious, "unknown dns dns-suspicious",
     "unknown unauthorized dns-suspicious"},
};

class EvaluateOutcome : public ::testing::TestWithParam<OutcomeCase> {};

TEST_P(EvaluateOutcome, TellsMissingFromUnknown) {
  const Requirement required = wanting("example.com");
  const std::vector<NameAnswer> answers{{required.identifier.name, GetParam().outcome}};
  EXPECT_EQ(verdict(evaluate(answers, required, profile("strict-01"), now)), GetParam().draft);
  EXPECT_EQ(verdict(evaluate(answers, required, profile("pebble"), now)), GetParam().pebble);
}

TEST_P(EvaluateOutcome, NeverTrustsRecordsOfABadAnswer) {
  if (GetParam().outcome != DnsOutcome::failed && GetParam().outcome != DnsOutcome::suspicious)
    return;
  const Requirement required = wanting("example.com");
  const std::vector<NameAnswer> answers{
      {required.identifier.name, GetParam().outcome, {txt(usual_record)}}};
  EXPECT_EQ(verdict(evaluate(answers, required, profile("strict-01"), now)), GetParam().draft);
}

INSTANTIATE_TEST_SUITE_P(Table, EvaluateOutcome, ::testing::ValuesIn(outcome_cases),
                         [](const auto& row) { return row.param.name; });

TEST(Evaluate, G1_NoAnswersAreNotAuthorized) {
  EXPECT_EQ(verdict(evaluate({}, wanting("example.com"), profile("strict-01"), now)),
            "unknown dns dns-failure");
}

TEST(Evaluate, LongNameIsRefusedBeforeAnyAnswer) {
  const std::string label(58, 'a');
  Requirement required = wanting(label + "." + label + "." + label + "." + label);  // 235 octets
  EXPECT_EQ(verdict(evaluate_at_name({txt(usual_record)}, required, profile("strict-01"))),
            "refused malformed name-too-long");
  EXPECT_EQ(verdict(evaluate_at_name({txt(usual_record)}, required, profile("letsencrypt"))),
            "refused dns name-too-long");
}

TEST(Evaluate, UnsentNamesAreRefused) {
  using record::Reason;
  EXPECT_EQ(verdict(record::evaluate_unsent(Reason::identifier_not_dns, profile("strict-01"))),
            "refused malformed identifier-not-dns");
  EXPECT_EQ(verdict(record::evaluate_unsent(Reason::name_too_long, profile("pebble"))),
            "refused unauthorized name-too-long");
}

TEST(Reason, CodesAreUnique) {
  std::vector<std::string_view> codes;
  for (int i = 0; i <= static_cast<int>(record::last_reason); ++i) {
    codes.push_back(record::to_code(static_cast<record::Reason>(i)));
    EXPECT_FALSE(codes.back().empty());
  }
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end()), codes.end());
}

}  // namespace
}  // namespace persist::testing
