#include "rules/anatomy.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

#include "rules/all_rules.h"
#include "rules/example.h"

namespace persist::rules {
namespace {

struct Case {
  std::string name;
  std::string record;
  bool meant;
  bool plain = false;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string account = "accounturi=https://ca.example/acct/1";
const std::string foreign = "accounturi=https://other.example/acct/7";

const Case cases[] = {
    {"canonical", "ca.example; " + account, true, true},
    {"no_blank", "ca.example;" + account, true, true},
    {"every_parameter", "ca.example; " + account + "; policy=wildcard; persistUntil=1830297600",
     true, true},
    {"other_account", "ca.example; " + foreign, true, true},
    {"issuer_in_capitals", "CA.example; " + account, true},
    {"tag_in_capitals", "ca.example; " + account + "; Policy=wildcard", true},
    {"unknown_policy", "ca.example; " + account + "; policy=exact", true},
    {"unknown_tag", "ca.example; " + account + "; note=1", true},
    {"tag_twice", "ca.example; " + account + "; " + account, true},
    {"time_with_zero", "ca.example; " + account + "; persistUntil=01830297600", true},
    {"time_in_milliseconds", "ca.example; " + account + "; persistUntil=1830297600000", true},
    {"two_blanks", "ca.example;  " + account, true},
    {"tab", "ca.example;\t" + account, true},
    {"blank_at_end", "ca.example; " + account + " ", true},
    {"semicolon_at_end", "ca.example; " + account + ";", true},
    {"quote", "ca.example; " + account + "\"", true},
    {"issuer_alone", "ca.example", true},
    {"final_dot", "ca.example.; " + foreign, true},
    {"issuer_as_url", "https://ca.example/; " + foreign, true},
    {"issuer_with_key", "issuer=ca.example; " + foreign, true},
    {"issuer_in_quotes", "\"ca.example; " + foreign + "\"", true},
    {"missing_semicolon", "ca.example " + foreign, true},
    {"escaped_semicolon", "ca.example\\; " + foreign, true},
    {"own_account_under_another_issuer", "other.example; " + account, true},
    {"parameters_of_nobody", "; " + foreign, true},
    {"parameters_alone", foreign, true},
    {"second_half", "policy=wildcard", true},
    {"blog_record", "acme-challenge=persist; ca=x; persistUntil=2027-01-01T00:00:00Z", true},
    {"another_ca", "other.example; " + foreign, false},
    {"another_ca_in_quotes", "\"other.example; " + foreign + "\"", false},
    {"another_ca_broken", "other.example; accounturi", false},
    {"name_below_the_issuer", "www.ca.example; " + foreign, false},
    {"name_that_ends_alike", "my-ca.example; " + foreign, false},
    {"spf", "v=spf1 -all", false},
    {"spf_of_the_ca", "v=spf1 include:ca.example -all", false},
    {"empty", "", false},
    {"semicolon", ";", false},
    {"nul", std::string(1, '\0'), false},
};

class Dissect : public testing::TestWithParam<Case> {};

TEST_P(Dissect, TellsWhatWasMeant) {
  const Subject subject = make_good_example({.good = {GetParam().record}, .bad = {}});
  const auto records = dissect(subject);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].looks_meant_for_us, GetParam().meant);
  EXPECT_EQ(records[0].is_plain, GetParam().plain);
}

INSTANTIATE_TEST_SUITE_P(Table, Dissect, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Dissect, UlabelIssuerIsANearMiss) {
  const Example example{
      .good = {"b\u00fccher.example; " + foreign}, .bad = {}, .arrange = [](Subject& subject) {
        subject.required.issuer_domain_names = {
            record::DomainName::parse("xn--bcher-kva.example").value()};
      }};
  const Subject subject = make_good_example(example);
  EXPECT_TRUE(dissect(subject).at(0).looks_meant_for_us);
}

TEST(Dissect, JoinsStrings) {
  const std::string value = "ca.example; " + account + "; note=" + std::string(240, 'x');
  const Subject subject = make_good_example({.good = {value}, .bad = {}});
  ASSERT_EQ(subject.answers[0].rrset[0].character_strings.size(), 2U);
  const auto records = dissect(subject);
  EXPECT_EQ(records[0].text, value);
  EXPECT_EQ(records[0].find("NOTE")->value.size(), 240U);
}

/// A plain record is read alike by everybody: no rule that needs odd text speaks about it.
TEST(PlainRecord, IsBelowTheNoticeOfRulesAboutOddText) {
  for (const Case& row : cases) {
    if (!row.plain) continue;
    const Subject subject = make_good_example({.good = {row.record}, .bad = {}});
    for (const Rule* rule : all_rules()) {
      if (!rule->needs_odd_text) continue;
      EXPECT_TRUE(rule->check(subject, dissect(subject)).empty()) << rule->id << " " << row.name;
    }
  }
}

struct HugeCase {
  std::string name;
  std::string record;
  friend void PrintTo(const HugeCase& row, std::ostream* out) { *out << row.name; }
};

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string many_tags() {
  std::string all;
  for (int i = 0; i < 5000; ++i) all += fmt::format("; t{}=1", i);
  return all;
}

const std::string start = "ca.example; " + account;
const HugeCase huge_cases[] = {
    {"R05_parameters", start + many_tags()},
    {"R05_same_parameter", start + repeat("; policy=wildcard", 3000)},
    {"R05_semicolons", start + repeat(";", 60'000)},
    {"R05_blanks", start + "; note=" + repeat(" ", 60'000) + "x"},
    {"R05_blanks_and_equals", start + repeat("; " + repeat(" ", 500) + "=", 110)},
    {"R05_equals", start + "; note=" + repeat("=", 60'000)},
    {"R05_swallowed", "ca.example " + repeat(",policy=", 7000)},
    {"R05_quotes", start + repeat("\"", 60'000)},
    {"R05_ulabels", repeat("\u00fc", 30'000) + "; " + account},
    {"R05_dots", repeat("a.", 30'000) + "; " + account},
};

class Huge : public testing::TestWithParam<HugeCase> {};

TEST_P(Huge, MakesFewFindings) {
  const Subject subject = make_good_example({.good = {GetParam().record}, .bad = {}});
  EXPECT_LE(run_rules(subject).size(), 20U);
}

INSTANTIATE_TEST_SUITE_P(Faults, Huge, testing::ValuesIn(huge_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::rules
