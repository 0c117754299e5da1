// What one set says to an order: RFC 8659 section 4, RFC 8657 sections 3 to 5.

#include "record/caa_sets.h"

#include <gmock/gmock.h>

namespace persist::testing {
namespace {

using namespace std::string_literals;
using record::CaaRecord;

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
    {"flags_alone", "\x80"s, CaaRecord{.flags = 128, .is_short = true}},
    {"nothing", "", CaaRecord{.is_short = true}},
};

class CaaRdata : public ::testing::TestWithParam<Rdata> {};

TEST_P(CaaRdata, IsRead) {
  EXPECT_EQ(record::parse_caa(GetParam().octets), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, CaaRdata, ::testing::ValuesIn(rdata),
                         [](const auto& row) { return row.param.title; });

}  // namespace
}  // namespace persist::testing
