#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/example_subjects.h"
#include "rules/findings.h"

namespace persist::rules {
namespace {

using ::testing::ElementsAreArray;

std::string naming(const std::string& accounturi) {
  return "ca.example; accounturi=" + accounturi;
}
std::string at_lets_encrypt(const std::string& accounturi) {
  return "letsencrypt.org; accounturi=" + accounturi;
}

struct Case {
  std::string name;
  std::string record;
  std::vector<std::string> want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

/// For names of test cases.
const auto name_of = [](const auto& row) { return row.param.name; };

// R11: a URI spelt differently is another one; the message points at the first place where they
// differ.
const Case spellings[] = {
    {"host_in_capitals",
     naming("https://CA.example/acct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 9 expected "
      "\"ca.example/acct/1\", found \"CA.example/acct/1\""}},
    {"scheme_in_capitals",
     naming("HTTPS://ca.example/acct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 1 expected "
      "\"https://ca.example/acct/1\", found \"HTTPS://ca.example/acct/1\""}},
    {"path_in_capitals",
     naming("https://ca.example/Acct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 20 expected "
      "\"acct/1\", found \"Acct/1\""}},
    {"default_port",
     naming("https://ca.example:443/acct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 19 expected "
      "\"/acct/1\", found \":443/acct/1\""}},
    {"slash_at_the_end",
     naming("https://ca.example/acct/1/"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 26 expected its "
      "end, found \"/\""}},
    {"two_slashes",
     naming("https://ca.example//acct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 20 expected "
      "\"acct/1\", found \"/acct/1\""}},
    {"percent_encoded",
     naming("https://ca.example/%61cct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 20 expected "
      "\"acct/1\", found \"%61cct/1\""}},
    {"http",
     naming("http://ca.example/acct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 5 expected "
      "\"s://ca.example/acct/1\", found \"://ca.example/acct/1\""}},
    {"no_scheme",
     naming("ca.example/acct/1"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 1 expected "
      "\"https://ca.example/acct/1\", found \"ca.example/acct/1\""}},
    {"brackets",
     naming("<https://ca.example/acct/1>"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 1 expected "
      "\"https://ca.example/acct/1\", found \"<https://ca.example/acct/1>\""}},
    {"fragment",
     naming("https://ca.example/acct/1#key"),
     {"DP316 error: accounturi is spelt differently from \"https://ca.example/acct/1\": at "
      "character 26 expected its "
      "end, found \"#key\""}},
};

class R11 : public ::testing::TestWithParam<Case> {};

TEST_P(R11, FirstDifferenceIsShown) {
  EXPECT_THAT(testing::findings({GetParam().record}), ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, R11, ::testing::ValuesIn(spellings), name_of);

TEST(R11, CaretStandsAtTheFirstDifference) {
  const auto found =
      run_rules(make_good_example({.good = {naming("https://ca.example:443/acct/1")}, .bad = {}}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (report::ValueSpan{.record = 0, .offset = 41, .length = 11}));
}

// One mistake, one finding.
const Case other_texts[] = {
    {"another_account",
     naming("https://ca.example/acct/12"),
     {"DP310 error: accounturi is another account, \"https://ca.example/acct/12\", expected "
      "\"https://ca.example/acct/1\""}},
    {"last_part",
     naming("1"),
     {"DP312 error: accounturi is only the end of the account URL, \"1\", expected "
      "\"https://ca.example/acct/1\""}},
    {"some_number",
     naming("1234567890"),
     {"DP312 error: accounturi is only the end of the account URL, \"1234567890\", expected "
      "\"https://ca.example/acct/1\""}},
    {"directory",
     naming("https://ca.example/directory"),
     {"DP313 error: accounturi is the address of the CA, \"https://ca.example/directory\", "
      "expected "
      "\"https://ca.example/acct/1\""}},
    {"host_alone",
     naming("https://ca.example/"),
     {"DP313 error: accounturi is the address of the CA, \"https://ca.example/\", expected "
      "\"https://ca.example/acct/1\""}},
    {"thumbprint",
     naming("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
     {"DP314 error: accounturi is a key thumbprint, "
      "\"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs\", expected "
      "\"https://ca.example/acct/1\""}},
    {"empty",
     naming(""),
     {"DP308 error: accounturi is empty, expected \"https://ca.example/acct/1\""}},
    {"none_at_all",
     "ca.example",
     {"DP307 error: the record has no accounturi, expected \"https://ca.example/acct/1\""}},
    {"hash_of_a_newer_draft",
     naming("https://ca.example/account-hash/sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"),
     {"DP318 error: accounturi is a hash of draft -02, "
      "\"https://ca.example/account-hash/sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw\", "
      "the CA wants the "
      "account URL in clear: \"https://ca.example/acct/1\""}},
};

class AccountUri : public ::testing::TestWithParam<Case> {};

TEST_P(AccountUri, IsSaidOnce) {
  EXPECT_THAT(testing::findings({GetParam().record}), ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, AccountUri, ::testing::ValuesIn(other_texts), name_of);

// R14: quotes and backslashes stored literally are the cause, not another account.
const Case damaged[] = {
    {"quoted", naming("\"https://ca.example/acct/1\""), {"DP201"}},
    {"quote_at_the_end", naming("https://ca.example/acct/1\""), {"DP201"}},
    {"escaped_semicolon",
     naming("https://ca.example/acct/1\\; policy=wildcard"),
     {"DP203", "DP803"}},
};

class R14 : public ::testing::TestWithParam<Case> {};

TEST_P(R14, DamageIsNoOtherAccount) {
  const auto lines = testing::findings({GetParam().record});
  EXPECT_THAT(lines, ::testing::Not(::testing::Contains(::testing::HasSubstr("DP3"))));
  EXPECT_THAT(lines, ::testing::Contains(GetParam().want.front()));
}

INSTANTIATE_TEST_SUITE_P(Table, R14, ::testing::ValuesIn(damaged), name_of);

const std::string production = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890";
const std::string offer =
    "DP801 warning: Let's Encrypt offers dns-persist-01 on its staging environment only, as of "
    "2026-11-21: on staging "
    "since April 2026; no evidence of production use";

// Wrong records that were met in the wild.
const Case in_the_wild[] = {
    {"staging_url",
     at_lets_encrypt("https://acme-staging-v02.api.letsencrypt.org/acme/acct/1234567890"),
     {"DP311 error: accounturi is an account of Let's Encrypt (staging), "
      "\"https://acme-staging-v02.api.letsencrypt.org/acme/acct/1234567890\", expected \"" +
          production + "\"",
      offer}},
    {"acmev1_url",
     at_lets_encrypt("https://acme-v01.api.letsencrypt.org/acme/reg/1234567890"),
     {"DP315 error: accounturi is an account URL of the first ACME version, "
      "\"https://acme-v01.api.letsencrypt.org/acme/reg/1234567890\", expected \"" +
          production + "\"",
      offer}},
    {"blog",
     "acme-challenge=persist; ca=https://acme-v02.api.letsencrypt.org/directory; account=" +
         production + "; policy=exact; persistUntil=2027-01-01T00:00:00Z",
     {"DP217",
      "DP303 error: the record begins with \"acme-challenge=persist\", expected the bare name "
      "letsencrypt.org",
      "DP309 error: the tag is \"account\", expected accounturi",
      "DP403 warning: policy is \"exact\", which has no effect: the one known value is wildcard",
      "DP501 error: persistUntil is \"2027-01-01T00:00:00Z\", expected seconds since 1970-01-01 as "
      "a plain number",
      offer}},
    {"slide", "letsencrypt.org accounturi=" + production, {"DP204", offer}},
};

class InTheWild : public ::testing::TestWithParam<Case> {};

TEST_P(InTheWild, IsExplained) {
  EXPECT_THAT(testing::findings({GetParam().record}, use_lets_encrypt),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, InTheWild, ::testing::ValuesIn(in_the_wild), name_of);

const std::string prefix = "https://ca.example/account-hash/";
const std::string expected_hash = prefix + "sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw";

// Digests of draft -02 section 10.2, and ones made with another name or key of the same account.
const Case hashes[] = {
    {"right", naming(expected_hash), {}},
    {"star",
     naming(prefix + "sha-256/NpDnSwUthQK8zCgFdefYxAdAVPnygMLbs9US6oO-5ug"),
     {"DP323 notice: the hash was made with * in place of the name: it fits every domain of the "
      "account"}},
    {"www",
     naming(prefix + "sha-256/-DOo-0FYz3izjZCLExkKNuhpAI8To5TBY1pooKesYdE"),
     {"DP321 error: the hash was made with the name \"www.example.com\", expected "
      "\"example.com\""}},
    {"sister_domain",
     naming(prefix + "sha-256/0_du67_J0XUkNqpR2Is38kdJKgytnDAjb1x-ngFkelY"),
     {"DP321 error: the hash was made with the name \"example.org\", expected \"example.com\""}},
    {"wildcard_text",
     naming(prefix + "sha-256/tqFN5-Urmhe-s-BOoWXdtbI-dbQY6D-eOHlgTP_jUTE"),
     {"DP321 error: the hash was made with the name \"*.example.com\", expected \"example.com\""}},
    {"final_dot",
     naming(prefix + "sha-256/9sygS6NnRE2Pv1zole4cl405FpfovrUMp2otds0ANS8"),
     {"DP321 error: the hash was made with the name \"example.com.\", expected \"example.com\""}},
    {"owner_name",
     naming(prefix + "sha-256/iPZXgg9GJM2HXe3ZPRYhNpA4q_jNIhxLh7q979QGfiw"),
     {"DP321 error: the hash was made with the name \"_validation-persist.example.com\", expected "
      "\"example.com\""}},
    {"other_account_of_the_key",
     naming(prefix + "sha-256/22k-gAQ576MPc12Pa9dU7qMMePdCqUA4Pcrk5dnaZ58"),
     {"DP310 error: the hash in accounturi is not one of account \"https://ca.example/acct/123\": "
      "it fits none of the "
      "known keys (1), neither with the name example.com nor with *"}},
    {"padding",
     naming(expected_hash + "="),
     {"DP319 error: accounturi is no well-formed hash, \"" + expected_hash +
      "=\": expected a digest of 43 characters, found 44"}},
    {"plain_base64",
     naming(prefix + "sha-256/5SQm7n6tPh2+PlLbCKGnViTXX5z19SCN4cPGQHSk+kw"),
     {"DP319 error: accounturi is no well-formed hash, \"" + prefix +
      "sha-256/5SQm7n6tPh2+PlLbCKGnViTXX5z19SCN4cPGQHSk+kw\": character 12 of the digest is no "
      "base64url"}},
    {"no_slash",
     naming(prefix + "sha-256"),
     {"DP319 error: accounturi is no well-formed hash, \"" + prefix +
      "sha-256\": expected a slash between algorithm and digest"}},
    {"other_prefix",
     naming("https://other.example/h/sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"),
     {"DP319 error: accounturi is no well-formed hash, "
      "\"https://other.example/h/sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw\": expected "
      "to begin with \"" +
      prefix + "\""}},
    {"prefix_in_capitals",
     naming("https://CA.example/account-hash/sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"),
     {"DP316 error: accounturi is spelt differently from \"" + expected_hash +
      "\": at character 9 expected "
      "\"ca.example/account-hash/sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw\", "
      "found \"CA.example/account-hash/sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw\""}},
    {"algorithm",
     naming(prefix + "SHA-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"),
     {"DP320 error: the hash algorithm is \"SHA-256\", expected sha-256"}},
    {"url_in_clear",
     naming("https://ca.example/acct/123"),
     {"DP317 error: accounturi is a URL in clear, \"https://ca.example/acct/123\", the CA wants "
      "the hash of draft -02: "
      "\"" +
      expected_hash + "\""}},
};

class Hash : public ::testing::TestWithParam<Case> {};

TEST_P(Hash, IsSaidOnce) {
  EXPECT_THAT(testing::findings({GetParam().record}, use_dialect_02),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, Hash, ::testing::ValuesIn(hashes), name_of);

void forget_that_keys_are_all(Subject& subject) {
  use_dialect_02(subject);
  subject.required.account.keys_complete = false;
}

TEST(Hash, OfAnUnknownKeyIsNoErrorWhereMoreKeysMayExist) {
  EXPECT_THAT(
      testing::findings({naming(prefix + "sha-256/22k-gAQ576MPc12Pa9dU7qMMePdCqUA4Pcrk5dnaZ58")},
                        forget_that_keys_are_all),
      ElementsAreArray({"DP102"}));
}

TEST(Hash, OfTheAliasTargetIsRecognised) {
  const auto through_alias = [](Subject& subject) {
    use_dialect_02(subject);
    subject.lookup.chain = {dns::Name::parse("www.example.com").value()};
  };
  EXPECT_THAT(
      testing::findings({naming(prefix + "sha-256/-DOo-0FYz3izjZCLExkKNuhpAI8To5TBY1pooKesYdE")},
                        through_alias),
      ElementsAreArray(
          {"DP113",
           "DP321 error: the hash was made with the name \"www.example.com\", expected "
           "\"example.com\""}));
}

void let_the_dialect_be_a_guess(Subject& subject) {
  static record::CaProfile ca = *record::find_profile("strict-01");
  ca.dialect_is_certain = false;
  subject.ca = &ca;
  subject.required.account = {.url = "https://ca.example/acct/123",
                              .thumbprints = {"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
                              .keys_complete = true};
}

TEST(Dialect, IsOnlyAWarningWhereTheCaMayHaveMovedOn) {
  EXPECT_THAT(
      testing::findings({naming(expected_hash)}, let_the_dialect_be_a_guess),
      ElementsAreArray(std::vector<std::string>{
          "DP102",
          "DP318 warning: accounturi is a hash of draft -02, \"" + expected_hash +
              "\", the CA wants the account URL in clear: \"https://ca.example/acct/123\""}));
}

TEST(Dialect, BothFormsSideBySideAreSilent) {
  EXPECT_THAT(testing::findings({naming("https://ca.example/acct/123"), naming(expected_hash)},
                                use_dialect_02),
              ::testing::IsEmpty());
}

TEST(AccountUri, OfAnotherAccountIsANoticeBesideTheRightOneWhereNoListSpeaks) {
  EXPECT_THAT(
      testing::findings({naming("https://ca.example/acct/1"), naming("https://ca.example/acct/9")}),
      ElementsAreArray(
          {"DP310 notice: accounturi is another account, \"https://ca.example/acct/9\", expected "
           "\"https://ca.example/acct/1\""}));
}

// R13: a parameter that stands twice is a fault of its own, whichever of the two is right.
const Case doubled[] = {
    {"same_account",
     "ca.example; accounturi=https://ca.example/acct/1; accounturi=https://ca.example/acct/1",
     {}},
    {"wrong_one_last",
     "ca.example; accounturi=https://ca.example/acct/1; accounturi=https://ca.example/acct/9",
     {}},
    {"wrong_one_first",
     "ca.example; accounturi=https://ca.example/acct/9; accounturi=https://ca.example/acct/1",
     {}},
    {"other_case",
     "ca.example; accounturi=https://ca.example/acct/9; AccountURI=https://ca.example/acct/1",
     {}},
    {"end_in_other_case",
     "ca.example; accounturi=https://ca.example/acct/1; persistUntil=1700000000; "
     "persistuntil=1830297600",
     {}},
};

class R13 : public ::testing::TestWithParam<Case> {};

TEST_P(R13, LastOneNeverWins) {
  std::vector<std::string> families;
  for (const std::string& line : testing::findings({GetParam().record})) {
    if (line != "DP216" && line != "DP803") families.push_back(line);
  }
  EXPECT_THAT(families, ElementsAreArray({"DP218"}));
}

INSTANTIATE_TEST_SUITE_P(Table, R13, ::testing::ValuesIn(doubled), name_of);

}  // namespace
}  // namespace persist::rules
