// The CAA set that lets one order through and nothing wider.

#include "record/generate_caa.h"

#include <gmock/gmock.h>

#include "record/caa_sets.h"

namespace persist::testing {
namespace {

using record::CaaScope;

const std::string permit =
    "ca.example; accounturi=https://ca.example/acct/1; validationmethods=dns-persist-01";

struct Case {
  std::string name;
  CaaScope scope;
  std::vector<record::CaaRecord> want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"name_alone", {.name = true, .wildcard = false}, {issue(permit), issuewild(";")}},
    {"wildcard_alone", {.name = false, .wildcard = true}, {issue(";"), issuewild(permit)}},
    {"both", {.name = true, .wildcard = true}, {issue(permit), issuewild(permit)}},
};

class GenerateCaa : public ::testing::TestWithParam<Case> {};

TEST_P(GenerateCaa, LetsThroughWhatIsInScope) {
  const auto made =
      record::generate_caa(wanting("example.com"), profile("strict-01"), GetParam().scope, now);
  ASSERT_TRUE(made);
  EXPECT_EQ(*made, GetParam().want);
}

TEST_P(GenerateCaa, KeepsOthersOut) {
  const auto made =
      record::generate_caa(wanting("example.com"), profile("strict-01"), GetParam().scope, now);
  ASSERT_TRUE(made);
  record::Requirement other_account = wanting("example.com");
  other_account.account.url += '0';
  record::Requirement other_ca = wanting("example.com");
  other_ca.issuer_domain_names = {name("other.example")};
  for (record::Requirement required : {other_account, other_ca}) {
    for (const bool wildcard : {false, true}) {
      required.identifier.wildcard = wildcard;
      const auto judgement =
          record::judge_caa(answers_for("example.com", {set_at("example.com", *made)}), required,
                            profile("strict-01"), now);
      EXPECT_EQ(judgement.outcome, record::Outcome::refused) << wildcard;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, GenerateCaa, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(GenerateCaaErrors, NoIssuer) {
  record::Requirement required = wanting("example.com");
  required.issuer_domain_names.clear();
  const auto made = record::generate_caa(required, profile("strict-01"), {}, now);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, record::GenerateErrorCode::no_issuer);
}

TEST(GenerateCaaErrors, AnAccountThatWouldInjectAParameter) {
  record::Requirement required = wanting("example.com");
  required.account.url = "https://ca.example/1; validationmethods=http-01";
  const auto made = record::generate_caa(required, profile("strict-01"), {}, now);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, record::GenerateErrorCode::bad_accounturi);
  EXPECT_EQ(made.error().offset, 20U);
}

struct TextCase {
  std::string name;
  record::CaaRecord record;
  std::string want;
  friend void PrintTo(const TextCase& row, std::ostream* out) { *out << row.name; }
};

const TextCase text_cases[] = {
    {"nobody", issue(";"), R"(0 issue ";")"},
    {"critical",
     {.flags = 128, .tag = "issue", .value = "ca.example"},
     R"(128 issue "ca.example")"},
    {"escapes", issuewild("ca.example; accounturi=https://x/\"\\"),
     R"(0 issuewild "ca.example; accounturi=https://x/\"\\")"},
    {"longer_than_a_character_string", issue(std::string(300, 'a')),
     "0 issue \"" + std::string(300, 'a') + "\""},
};

class CaaText : public ::testing::TestWithParam<TextCase> {};

TEST_P(CaaText, IsThatOfAZoneFile) {
  EXPECT_EQ(record::to_caa_text(GetParam().record), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, CaaText, ::testing::ValuesIn(text_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::testing
