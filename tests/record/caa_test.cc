// What CAA says to an order: RFC 8659 sections 3 and 4, RFC 8657 sections 3 to 5.

#include "record/caa.h"

#include <gmock/gmock.h>

#include "record/caa_text.h"
#include "support/records.h"

namespace persist::testing {
namespace {

using namespace std::string_literals;
using record::CaaAnswer;
using record::CaaRecord;
using record::DnsOutcome;

CaaRecord issue(std::string value) {
  return {.tag = "issue", .value = std::move(value)};
}

CaaRecord issuewild(std::string value) {
  return {.tag = "issuewild", .value = std::move(value)};
}

/// Of the name, its parent and so on upwards; names without a set have none.
std::vector<CaaAnswer> answers_for(std::string_view identifier, std::vector<CaaAnswer> known) {
  std::vector<CaaAnswer> answers;
  std::optional<record::DomainName> at = record::parse_identifier(identifier)->name;
  for (; at; at = at->parent()) {
    CaaAnswer answer{.name = *at, .outcome = DnsOutcome::nodata};
    for (CaaAnswer& row : known) {
      if (row.name == *at) answer = std::move(row);
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

CaaAnswer set_at(std::string_view at, std::vector<CaaRecord> rrset) {
  return {.name = name(at), .outcome = DnsOutcome::answered, .rrset = std::move(rrset)};
}

/// `authorized`, or outcome, reason and sentence.
std::string say(const std::vector<CaaAnswer>& answers, const record::Requirement& required,
                const record::CaProfile& ca, UnixTime at = now) {
  const auto judgement = record::judge_caa(answers, required, ca, at);
  std::string text(record::to_text(judgement.outcome));
  if (!judgement.reason) return text;
  text.append(" ").append(record::to_code(*judgement.reason)).append(": ");
  return text + record::describe(judgement, {required, ca, at});
}

const std::string good = "ca.example";
const std::string own = "the CAA record of example.com for ca.example ";

struct Case {
  std::string title;
  std::string identifier;
  std::vector<CaaRecord> rrset;  ///< at example.com
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.title; }
};

const Case cases[] = {
    {"names_the_ca", "example.com", {issue(good)}, "authorized"},
    {"capitals", "example.com", {issue("CA.Example")}, "authorized"},
    {"tag_in_capitals", "example.com", {{.tag = "ISSUE", .value = good}}, "authorized"},
    {"one_of_two", "example.com", {issue("other.example"), issue(good)}, "authorized"},
    {"blanks", "example.com", {issue(" \tca.example\t ;")}, "authorized"},
    {"unknown_parameter", "example.com", {issue("ca.example; foo-bar=1")}, "authorized"},
    {"only_iodef",
     "*.example.com",
     {{.tag = "iodef", .value = "mailto:a@example.com"}},
     "authorized"},
    {"other_ca",
     "example.com",
     {issue("other.example"), issue("third.example")},
     "refused caa-forbids: the CAA records of example.com permit \"other.example\" and "
     "\"third.example\", not ca.example"},
    {"nobody",
     "example.com",
     {issue(";")},
     "refused caa-forbids: the CAA records of example.com permit no CA"},
    {"empty_value",
     "example.com",
     {issue("")},
     "refused caa-forbids: the CAA records of example.com permit no CA"},
    {"sub_name_of_the_ca",
     "example.com",
     {issue("www.ca.example")},
     "refused caa-forbids: the CAA records of example.com permit \"www.ca.example\", not "
     "ca.example"},
    {"final_dot",
     "example.com",
     {issue("ca.example.")},
     "refused caa-forbids: the CAA records of example.com permit \"ca.example.\", not ca.example"},
    {"control_octets",
     "example.com",
     {issue("ca.example\x1b[0m\n")},
     "refused caa-forbids: the CAA records of example.com permit \"ca.example\\x1b[0m\\x0a\", not "
     "ca.example"},
    {"malformed",
     "example.com",
     {issue("ca.example; accounturi")},
     "refused caa-forbids: " + own + "is malformed: \"ca.example; accounturi\""},
    {"semicolon_behind_a_parameter",
     "example.com",
     {issue("ca.example; a=b;")},
     "refused caa-forbids: " + own + "is malformed: \"ca.example; a=b;\""},
    {"good_one_beside_a_malformed_one",
     "example.com",
     {issue("ca.example; a"), issue(good)},
     "authorized"},

    // Flags.
    {"critical_issue",
     "example.com",
     {{.flags = 128, .tag = "issue", .value = good}},
     "authorized"},
    {"critical_and_unknown",
     "example.com",
     {issue(good), {.flags = 128, .tag = "tbs\n", .value = "x"}},
     "refused caa-forbids: the CAA record of example.com with the tag \"tbs\\x0a\" is critical, "
     "and "
     "the CA does not know it"},
    {"critical_without_a_tag",
     "example.com",
     {issue(good), {.flags = 255}},
     "refused caa-forbids: the CAA record of example.com with the tag \"\" is critical, and the CA "
     "does not know it"},
    {"unknown", "example.com", {issue(good), {.flags = 127, .tag = "tbs"}}, "authorized"},

    // issuewild.
    {"wildcard_by_issue", "*.example.com", {issue(good)}, "authorized"},
    {"wildcard_by_issuewild", "*.example.com", {issue(";"), issuewild(good)}, "authorized"},
    {"issuewild_forbids",
     "*.example.com",
     {issue(good), issuewild(";")},
     "refused caa-issuewild: the issuewild records of example.com permit no CA"},
    {"issuewild_for_another",
     "*.example.com",
     {issue(good), issuewild("other.example")},
     "refused caa-issuewild: the issuewild records of example.com permit \"other.example\", not "
     "ca.example"},
    {"issuewild_is_ignored", "example.com", {issue(good), issuewild(";")}, "authorized"},
    {"issuewild_alone", "example.com", {issuewild(";")}, "authorized"},
    {"issuewild_is_no_issue",
     "example.com",
     {issue(";"), issuewild(good)},
     "refused caa-forbids: the CAA records of example.com permit no CA"},

    // validationmethods.
    {"method",
     "example.com",
     {issue("ca.example; validationmethods=dns-persist-01")},
     "authorized"},
    {"method_last",
     "example.com",
     {issue("ca.example; validationmethods=http-01,x-Y,dns-persist-01")},
     "authorized"},
    {"other_method",
     "example.com",
     {issue("ca.example; validationmethods=http-01,dns-01")},
     "refused caa-validationmethods: " + own +
         "permits the methods \"http-01,dns-01\", not dns-persist-01"},
    {"no_method",
     "example.com",
     {issue("ca.example; validationmethods=")},
     "refused caa-validationmethods: " + own + "permits the methods \"\", not dns-persist-01"},
    {"empty_method",
     "example.com",
     {issue("ca.example; validationmethods=dns-persist-01,")},
     "refused caa-validationmethods: " + own +
         "has the malformed list \"dns-persist-01,\" of validationmethods"},
    {"method_with_a_bad_octet",
     "example.com",
     {issue("ca.example; validationmethods=dns-persist-01,a_b")},
     "refused caa-validationmethods: " + own +
         "has the malformed list \"dns-persist-01,a_b\" of validationmethods"},
    {"method_in_capitals",
     "example.com",
     {issue("ca.example; validationmethods=DNS-PERSIST-01")},
     "refused caa-validationmethods: " + own +
         "permits the methods \"DNS-PERSIST-01\", not dns-persist-01"},
    {"blank_behind_the_comma",
     "example.com",
     {issue("ca.example; validationmethods=dns-01, dns-persist-01")},
     "refused caa-forbids: " + own +
         "is malformed: \"ca.example; validationmethods=dns-01, dns-persist-01\""},
    {"methods_twice",
     "example.com",
     {issue("ca.example; validationmethods=dns-persist-01; validationmethods=dns-persist-01")},
     "refused caa-validationmethods: " + own +
         "has validationmethods twice, which nothing satisfies"},
    {"methods_tag_in_capitals",
     "example.com",
     {issue("ca.example; ValidationMethods=http-01")},
     "refused caa-validationmethods: " + own +
         "permits the methods \"http-01\", not dns-persist-01"},

    // accounturi.
    {"account", "example.com", {issue("ca.example; accounturi=" + account_url)}, "authorized"},
    {"other_account",
     "example.com",
     {issue("ca.example; accounturi=" + account_url + "0")},
     "refused caa-accounturi: " + own +
         "permits the account \"https://ca.example/acct/10\", not \"https://ca.example/acct/1\""},
    {"account_in_capitals",
     "example.com",
     {issue("ca.example; accounturi=HTTPS://ca.example/acct/1")},
     "refused caa-accounturi: " + own +
         "permits the account \"HTTPS://ca.example/acct/1\", not \"https://ca.example/acct/1\""},
    {"empty_account",
     "example.com",
     {issue("ca.example; accounturi=")},
     "refused caa-accounturi: " + own +
         "permits the account \"\", not \"https://ca.example/acct/1\""},
    {"account_twice",
     "example.com",
     {issue("ca.example; accounturi=" + account_url + "; accounturi=" + account_url)},
     "refused caa-accounturi: " + own + "has accounturi twice, which nothing satisfies"},
    {"both_parameters",
     "example.com",
     {issue("ca.example; accounturi=" + account_url + "; validationmethods=dns-persist-01")},
     "authorized"},
    {"permissions_are_not_combined",
     "example.com",
     {issue("ca.example; accounturi=" + account_url + "; validationmethods=dns-01"),
      issue("ca.example; accounturi=https://ca.example/acct/2; validationmethods=dns-persist-01")},
     "refused caa-validationmethods: " + own +
         "permits the methods \"dns-01\", not dns-persist-01"},
};

class Caa : public ::testing::TestWithParam<Case> {};

TEST_P(Caa, IsJudged) {
  const Case& row = GetParam();
  EXPECT_EQ(say(answers_for(row.identifier, {set_at("example.com", row.rrset)}),
                wanting(row.identifier), profile("strict-01")),
            row.want);
}

INSTANTIATE_TEST_SUITE_P(Table, Caa, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.title; });

struct Climb {
  std::string title;
  std::vector<CaaAnswer> known;  ///< of a.b.example.com and its parents
  std::string want;
  std::string ca = "strict-01";
  friend void PrintTo(const Climb& row, std::ostream* out) { *out << row.title; }
};

CaaAnswer without_set(std::string_view at, DnsOutcome outcome) {
  return {.name = name(at), .outcome = outcome};
}

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
     "unknown dns-suspicious: the record is good, but the CAA records of a.b.example.com could not "
     "be looked up"},
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

struct Rdata {
  std::string title;
  std::string octets;
  std::optional<CaaRecord> want;
  friend void PrintTo(const Rdata& row, std::ostream* out) { *out << row.title; }
};

const Rdata rdata[] = {
    {"usual", "\x80\5issueca.example"s, CaaRecord{128, "issue", "ca.example"}},
    {"no_value", "\0\5issue"s, CaaRecord{0, "issue", ""}},
    {"any_octets", "\0\2\0\xff\0;"s, CaaRecord{0, "\0\xff"s, "\0;"s}},
    {"no_tag", "\1\0x"s, CaaRecord{1, "", "x"}},
    {"longest_tag", "\0\xff"s + std::string(255, 'a'), CaaRecord{0, std::string(255, 'a'), ""}},
    {"tag_too_long", "\0\6issue"s, {}},
    {"length_alone", "\0\1"s, {}},
    {"flags_alone", "\0"s, {}},
    {"nothing", "", {}},
};

class CaaRdata : public ::testing::TestWithParam<Rdata> {};

TEST_P(CaaRdata, IsRead) {
  EXPECT_EQ(record::parse_caa(GetParam().octets), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, CaaRdata, ::testing::ValuesIn(rdata),
                         [](const auto& row) { return row.param.title; });

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
