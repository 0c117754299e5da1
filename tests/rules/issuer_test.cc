#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/example_subjects.h"
#include "rules/findings.h"

namespace persist::rules {
namespace {

using ::testing::ElementsAreArray;

/// A record for the example account, behind whatever stands in place of the issuer.
std::string with_issuer(const std::string& issuer) {
  return issuer + "; accounturi=https://ca.example/acct/1";
}

struct Case {
  std::string name;
  std::string record;
  std::vector<std::string> want;
  void (*arrange)(Subject&) = nullptr;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"canonical", with_issuer("ca.example"), {}},
    {"nothing_at_all",
     "",
     {"DP301 error: the record names no CA: expected ca.example before the first semicolon, found "
      "nothing"}},
    {"semicolon_alone",
     ";",
     {"DP301 error: the record names no CA: expected ca.example before the first semicolon, found "
      "nothing"}},
    {"account_first",
     "accounturi=https://ca.example/acct/1",
     {"DP301 error: the record names no CA: expected ca.example before the first semicolon, found "
      "\"accounturi=https://ca.example/acct/1\""}},
    {"url",
     with_issuer("https://ca.example"),
     {"DP302 error: the issuer is the URL \"https://ca.example\", expected the bare name "
      "ca.example"}},
    {"tag",
     with_issuer("issuer=ca.example"),
     {"DP303 error: the record begins with \"issuer=ca.example\", expected the bare name "
      "ca.example"}},
    {"sub_name",
     with_issuer("www.ca.example"),
     {"DP306 warning: the issuer \"www.ca.example\" is not a name of the CA, which answers to "
      "ca.example"}},
    {"typo",
     with_issuer("ca.exmaple"),
     {"DP306 warning: the issuer \"ca.exmaple\" is not a name of the CA, which answers to "
      "ca.example"}},
    {"underscore",
     with_issuer("ca_example"),
     {"DP306 warning: the issuer \"ca_example\" is not a name of the CA, which answers to "
      "ca.example"}},
    {"our_account_at_a_known_ca",
     with_issuer("pki.goog"),
     {"DP306 warning: the issuer \"pki.goog\" is not a name of the CA, which answers to "
      "ca.example"}},
    {"record_of_another_ca", "other-ca.example; accounturi=https://other-ca.example/acct/7", {}},
    {"record_of_a_near_namesake", "cb.example; accounturi=https://cb.example/acct/7", {}},
    {"not_of_this_method", "v=spf1 include:_spf.ca.example -all", {}},
};

/// Findings beside the verdict's own fallback, which stands in where a warning is all that is said.
std::vector<std::string> without_fallback(std::vector<std::string> lines) {
  std::erase(lines, "DP100");
  return lines;
}

class Issuer : public ::testing::TestWithParam<Case> {};

TEST_P(Issuer, IsSaidOnce) {
  EXPECT_THAT(without_fallback(testing::findings({GetParam().record}, GetParam().arrange)),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, Issuer, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

// R12: nobody takes a look-alike for the CA, and the message shows what it is made of.
const Case look_alikes[] = {
    {"cyrillic",
     with_issuer("c\u0430.example"),
     {"DP211",
      "DP305 error: the issuer is \"c\\u{0430}.example\" (characters outside ASCII), expected "
      "ca.example"}},
    {"full_width",
     with_issuer("\uff43\uff41.example"),
     {"DP211",
      "DP305 error: the issuer is \"\\u{ff43}\\u{ff41}.example\" (characters outside ASCII), "
      "expected ca.example"}},
    {"zero_width",
     with_issuer("ca\u200b.example"),
     {"DP211",
      "DP305 error: the issuer is \"ca\\u{200b}.example\" (characters outside ASCII), expected "
      "ca.example"}},
    {"soft_hyphen",
     with_issuer("ca.exam\u00adple"),
     {"DP211",
      "DP305 error: the issuer is \"ca.exam\\u{00ad}ple\" (characters outside ASCII), expected "
      "ca.example"}},
    {"other_dot",
     with_issuer("ca\u3002example"),
     {"DP211",
      "DP305 error: the issuer is \"ca\\u{3002}example\" (characters outside ASCII), expected "
      "ca.example"}},
    {"no_utf8",
     with_issuer("ca.ex\xff"
                 "ample"),
     {"DP211",
      "DP306 warning: the issuer \"ca.ex\\xffample\" is not a name of the CA, which answers to "
      "ca.example"}},
};

class R12 : public ::testing::TestWithParam<Case> {};

TEST_P(R12, LookAlikeIssuerIsShownByItsCodePoints) {
  EXPECT_THAT(without_fallback(testing::findings({GetParam().record})),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, R12, ::testing::ValuesIn(look_alikes),
                         [](const auto& row) { return row.param.name; });

void use_pebble(Subject& subject) {
  subject.ca = record::find_profile("pebble");
}
void use_boulder(Subject& subject) {
  subject.ca = record::find_profile("letsencrypt-staging");
}

// R08: capitals and a final dot are an error only where the CA refuses for them.
const Case spellings[] = {
    {"capitals_forgiven",
     with_issuer("CA.Example"),
     {"DP305 warning: the issuer is \"CA.Example\" (capital letters), expected ca.example",
      "DP803"},
     use_boulder},
    {"capitals_refused",
     with_issuer("CA.Example"),
     {"DP305 error: the issuer is \"CA.Example\" (capital letters), expected ca.example", "DP803"},
     use_pebble},
    {"dot_forgiven",
     with_issuer("ca.example."),
     {"DP305 warning: the issuer is \"ca.example.\" (a final dot), expected ca.example", "DP803"},
     use_boulder},
    {"dot_malformed",
     with_issuer("ca.example."),
     {"DP305 error: the issuer is \"ca.example.\" (a final dot), expected ca.example", "DP803"}},
};

class R08 : public ::testing::TestWithParam<Case> {};

TEST_P(R08, SpellingOfTheIssuerIsJudgedByTheCa) {
  EXPECT_THAT(without_fallback(testing::findings({GetParam().record}, GetParam().arrange)),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, R08, ::testing::ValuesIn(spellings),
                         [](const auto& row) { return row.param.name; });

TEST(Issuer, OfManyOctetsIsNotCompared) {
  EXPECT_THAT(testing::findings({with_issuer(std::string(60'000, 'a'))}),
              ::testing::Contains(::testing::StartsWith("DP306 warning: the issuer \"aaaa")));
}

TEST(Issuer, AcmeHostIsNoName) {
  EXPECT_THAT(
      testing::findings({"acme-v02.api.letsencrypt.org; accounturi="
                         "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
                        use_lets_encrypt),
      ElementsAreArray(
          {"DP304 error: the issuer is \"acme-v02.api.letsencrypt.org\", the host of the ACME "
           "server, expected letsencrypt.org",
           "DP306 warning: the issuer \"acme-v02.api.letsencrypt.org\" is not a name of the CA, "
           "which answers to letsencrypt.org",
           "DP801 warning: Let's Encrypt offers dns-persist-01 on its staging environment only, "
           "as of 2026-11-21: on staging since April 2026; no evidence of production use"}));
}

TEST(Issuer, ValueCutInTwoRecordsIsNoMissingIssuer) {
  const auto lines = testing::findings({"ca.example;", " accounturi=https://ca.example/acct/1"});
  EXPECT_THAT(lines, ::testing::Contains("DP213"));
  EXPECT_THAT(lines, ::testing::Not(::testing::Contains(::testing::HasSubstr("DP3"))));
}

}  // namespace
}  // namespace persist::rules
