// Which set counts, how known CAs depart from the letter, and what becomes of the verdict.

#include "record/caa_sets.h"

#include <gmock/gmock.h>

namespace persist::testing {
namespace {

using record::CaaAnswer;
using record::CaaRecord;
using record::DnsOutcome;

const std::string good = "ca.example";

struct Climb {
  std::string title;
  std::vector<CaaAnswer> known;  ///< of a.b.example.com and its parents
  std::string want;
  std::string ca = "strict-01";
  friend void PrintTo(const Climb& row, std::ostream* out) { *out << row.title; }
};

const Climb climbs[] = {
    {"no_set_at_all", {}, "authorized"},
    {"nxdomain_all_the_way",
     {without_set("a.b.example.com", DnsOutcome::nxdomain),
      without_set("example.com", DnsOutcome::nxdomain)},
     "authorized"},
    {"own_set_wins",
     {set_at("a.b.example.com", {issue(good)}), set_at("example.com", {issue(";")})},
     "authorized"},
    {"nearest_parent_wins",
     {set_at("b.example.com", {issue(";")}), set_at("example.com", {issue(good)})},
     "refused caa-forbids: the CAA records of b.example.com permit no CA"},
    {"top_level_counts",
     {set_at("com", {issue(";")})},
     "refused caa-forbids: the CAA records of com permit no CA"},
    {"a_set_without_issue_hides_the_parent",
     {set_at("b.example.com", {{.tag = "iodef", .value = "mailto:a@example.com"}}),
      set_at("example.com", {issue(";")})},
     "authorized"},
    {"failure_below_the_set",
     {without_set("b.example.com", DnsOutcome::failed), set_at("example.com", {issue(good)})},
     "unknown dns-failure: the record is good, but the CAA records of b.example.com could not be "
     "looked up"},
    {"failure_above_the_set",
     {set_at("b.example.com", {issue(good)}), without_set("example.com", DnsOutcome::failed)},
     "authorized"},
    {"suspicious_answer",
     {without_set("a.b.example.com", DnsOutcome::suspicious)},
     "unknown dns-suspicious: the record is good, but the resolver itself calls its answer about "
     "the "
     "CAA records of a.b.example.com stale, filtered or forged"},
    {"no_such_top_level", {without_set("com", DnsOutcome::nxdomain)}, "authorized"},
    {.title = "no_such_top_level_for_lets_encrypt",
     .known = {without_set("com", DnsOutcome::nxdomain)},
     .want = "unknown dns-failure: the record is good, but the CAA records of com could not be "
             "looked up",
     .ca = "letsencrypt"},
    {.title = "no_such_zone_for_lets_encrypt",
     .known = {without_set("example.com", DnsOutcome::nxdomain)},
     .want = "authorized",
     .ca = "letsencrypt"},
};

class CaaClimb : public ::testing::TestWithParam<Climb> {};

TEST_P(CaaClimb, TheFirstSetCounts) {
  EXPECT_EQ(say(answers_for("a.b.example.com", GetParam().known), wanting("a.b.example.com"),
                profile(GetParam().ca)),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, CaaClimb, ::testing::ValuesIn(climbs),
                         [](const auto& row) { return row.param.title; });

// What Let's Encrypt's software makes of what the letter reads otherwise.
struct Deviation {
  std::string title;
  CaaRecord second;  ///< beside `0 issue "ca.example; accounturi=...9"`, which permits nobody
  bool strict;
  bool boulder;
  friend void PrintTo(const Deviation& row, std::ostream* out) { *out << row.title; }
};

const Deviation deviations[] = {
    {"as_it_should_be", issue(good), true, true},
    {"capitals_in_the_issuer", issue("CA.example"), true, false},
    {"other_method_under_a_tag_in_capitals", issue(good + "; ValidationMethods=http-01"), false,
     true},
    {"other_account_under_a_tag_in_capitals", issue(good + "; AccountURI=https://x.example"), false,
     true},
    {"hyphen_in_a_tag", issue(good + "; foo-bar=1"), true, false},
    {"tag_of_no_octet", issue(good + "; =1"), false, true},
    {"tag_of_no_octet_and_a_bad_value", issue(good + "; =\x7f"), false, false},
    {"octet_that_no_tag_has", issue(good + "; a_b=1"), false, false},
    {"no_equals", issue(good + "; abc"), false, false},
    {"bad_method_behind_ours", issue(good + "; validationmethods=dns-persist-01,a_b"), false, true},
    {"no_method_behind_ours", issue(good + "; validationmethods=dns-persist-01,"), false, true},
    {"bad_method_before_ours", issue(good + "; validationmethods=a_b,dns-persist-01"), false,
     false},
    {"bad_method_and_not_ours", issue(good + "; validationmethods=http-01,a_b"), false, false},
    {"repeated_method",
     issue(good + "; validationmethods=dns-persist-01; validationmethods=dns-persist-01"), false,
     false},
    {"blank_behind_the_comma", issue(good + "; validationmethods=dns-01, dns-persist-01"), false,
     false},
    {"semicolon_behind_a_parameter", issue(good + "; a=b;"), false, false},
    {"semicolon_behind_the_issuer", issue(good + " ; "), true, true},
};

bool permits(const std::vector<CaaRecord>& rrset, std::string_view ca, UnixTime at = now) {
  return record::judge_caa(answers_for("example.com", {set_at("example.com", rrset)}),
                           wanting("example.com"), profile(ca), at)
             .outcome == record::Outcome::authorized;
}

class CaaDeviation : public ::testing::TestWithParam<Deviation> {};

TEST_P(CaaDeviation, IsDataOfTheCa) {
  const std::vector<CaaRecord> rrset{issue(good + "; accounturi=https://ca.example/acct/9"),
                                     GetParam().second};
  EXPECT_EQ(permits(rrset, "strict-01"), GetParam().strict);
  EXPECT_EQ(permits(rrset, "letsencrypt"), GetParam().boulder);
}

INSTANTIATE_TEST_SUITE_P(Table, CaaDeviation, ::testing::ValuesIn(deviations),
                         [](const auto& row) { return row.param.title; });

TEST(CaaFlags, Bit1IsCriticalToLetsEncrypt) {
  const std::vector<CaaRecord> rrset{issue(good), {.flags = 1, .tag = "tbs"}};
  EXPECT_TRUE(permits(rrset, "strict-01"));
  EXPECT_FALSE(permits(rrset, "letsencrypt"));
}

TEST(CaaFlags, RdataWithoutATagIsAPropertyToLetsEncrypt) {
  const auto judged = [](CaaRecord record, std::string_view ca) {
    record.is_short = true;
    return say(answers_for("example.com", {set_at("example.com", {record, issue(good)})}),
               wanting("example.com"), profile(ca));
  };
  for (const std::uint8_t flags : {std::uint8_t{0}, std::uint8_t{128}}) {
    EXPECT_EQ(
        judged({.flags = flags}, "strict-01"),
        "unknown dns-failure: the record is good, but a CAA record of example.com ends before "
        "its tag");
  }
  EXPECT_EQ(judged({.flags = 0}, "letsencrypt"), "authorized");
  EXPECT_EQ(judged({.flags = 128}, "letsencrypt"),
            "refused caa-forbids: the CAA record of example.com with the tag \"\" is critical, and "
            "the CA does not know it");
}

TEST(CaaParameters, AreNamedAsTheCaReadsThem) {
  const auto answers = answers_for(
      "example.com",
      {set_at("example.com", {issue(good + "; AccountURI=https://x.example; accounturi=x:y")})});
  const std::string own = "refused caa-accounturi: the CAA record of example.com for ca.example ";
  EXPECT_EQ(say(answers, wanting("example.com"), profile("strict-01")),
            own + "has accounturi twice, which nothing satisfies");
  EXPECT_EQ(say(answers, wanting("example.com"), profile("letsencrypt")),
            own + "permits the account \"x:y\", not \"https://ca.example/acct/1\"");
}

TEST(CaaFlags, PropertiesAboutMailAreKnownToLetsEncrypt) {
  const std::vector<CaaRecord> rrset{issue(good), {.flags = 128, .tag = "IssueMail"}};
  EXPECT_FALSE(permits(rrset, "strict-01"));
  EXPECT_TRUE(permits(rrset, "letsencrypt"));
}

TEST(CaaParameters, BindEveryPublicCaFromADayOn) {
  const std::vector<CaaRecord> rrset{issue(good + "; validationmethods=http-01; accounturi=x:y")};
  EXPECT_EQ(to_rfc3339(record::caa_parameters_day), "2027-03-15T00:00:00Z");
  EXPECT_TRUE(permits(rrset, "br-only", UnixTime{record::caa_parameters_day.seconds - 1}));
  EXPECT_FALSE(permits(rrset, "br-only", record::caa_parameters_day));
}

TEST(CaaParameters, TheAccountIsInClearUnderDialect02) {
  const auto answers = answers_for(
      "example.com", {set_at("example.com", {issue(good + "; accounturi=" + account_url)})});
  EXPECT_EQ(say(answers, wanting("example.com"), profile("strict-02")), "authorized");
}

TEST(CaaParameters, NoLongTextFillsTheScreen) {
  const auto answers =
      answers_for("example.com", {set_at("example.com", {issue(std::string(60'000, 'x'))})});
  EXPECT_LT(say(answers, wanting("example.com"), profile("strict-01")).size(), 400U);
}

TEST(WithCaa, ForbidsWhatTheRecordAuthorises) {
  const auto required = wanting("example.com");
  const auto& ca = profile("strict-01");
  const auto good_record = evaluate_at_name({txt(usual_record)}, required, ca);
  const auto no_record = evaluate_at_name({txt("v=spf1 -all")}, required, ca);
  const auto judge = [&](std::vector<CaaAnswer> known) {
    return record::judge_caa(answers_for("example.com", std::move(known)), required, ca, now);
  };
  const auto forbids = judge({set_at("example.com", {issue(";")})});
  const auto fails = judge({without_set("com", DnsOutcome::failed)});
  EXPECT_EQ(verdict(with_caa(good_record, judge({}))), "authorized");
  EXPECT_EQ(verdict(with_caa(good_record, forbids)), "refused caa caa-forbids");
  EXPECT_EQ(verdict(with_caa(good_record, fails)), "unknown dns dns-failure");
  EXPECT_EQ(verdict(with_caa(no_record, forbids)), "refused unauthorized issuer-mismatch");
}

}  // namespace
}  // namespace persist::testing
