#include "record/generate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/records.h"

namespace persist::testing {
namespace {

using record::GenerateError;
using record::GenerateErrorCode;
using record::RecordWish;
using record::Requirement;
using ::testing::ElementsAre;

const std::string key = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

/// The account of the published test vectors at a CA with dialect 02.
Requirement wanting_02(std::string_view identifier) {
  return {.identifier = *record::parse_identifier(identifier),
          .issuer_domain_names = {name("authority.example")},
          .account = {.url = "https://ca.example/acct/123", .thumbprints = {key}},
          .account_hash_prefix = "https://ca.example/account-hash/"};
}

struct GoodCase {
  std::string name;
  Requirement required;
  std::string profile;
  RecordWish wish;
  std::string want;
  friend void PrintTo(const GoodCase& row, std::ostream* out) { *out << row.name; }
};

Requirement with_two_issuers() {
  Requirement required = wanting("example.com");
  required.issuer_domain_names.push_back(name("second.example"));
  return required;
}

const GoodCase good_cases[] = {
    {"plain", wanting("example.com"), "strict-01", {}, usual_record},
    {"wildcard",
     wanting("*.example.com"),
     "strict-01",
     {.wildcard = true},
     usual_record + "; policy=wildcard"},
    {"name_with_policy",
     wanting("example.com"),
     "strict-01",
     {.wildcard = true},
     usual_record + "; policy=wildcard"},
    {"until",
     wanting("example.com"),
     "strict-01",
     {.persist_until = UnixTime{1'798'761'600}},
     usual_record + "; persistUntil=1798761600"},
    {"one_second",
     wanting("example.com"),
     "strict-01",
     {.persist_until = UnixTime{now.seconds + 1}},
     usual_record + "; persistUntil=1795219201"},
    {"everything",
     wanting("example.com"),
     "strict-01",
     {.wildcard = true, .persist_until = UnixTime{1'798'761'600}},
     usual_record + "; policy=wildcard; persistUntil=1798761600"},
    {"first_issuer", with_two_issuers(), "strict-01", {}, usual_record},
    {"lets_encrypt", wanting("example.com"), "letsencrypt", {}, usual_record},
    {"pebble", wanting("example.com"), "pebble", {}, usual_record},
    {"hashed",
     wanting_02("example.com"),
     "strict-02",
     {},
     "authority.example; accounturi=https://ca.example/account-hash/sha-256/"
     "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
    {"hashed_wildcard_is_that_of_the_base",
     wanting_02("*.example.com"),
     "strict-02",
     {.wildcard = true},
     "authority.example; accounturi=https://ca.example/account-hash/sha-256/"
     "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw; policy=wildcard"},
    {"hashed_for_any_domain",
     wanting_02("example.com"),
     "strict-02",
     {.for_any_domain = true},
     "authority.example; accounturi=https://ca.example/account-hash/sha-256/"
     "NpDnSwUthQK8zCgFdefYxAdAVPnygMLbs9US6oO-5ug"},
};

class Generate : public ::testing::TestWithParam<GoodCase> {};

TEST_P(Generate, MakesTheRecord) {
  const GoodCase& row = GetParam();
  const auto made = generate(row.required, profile(row.profile), row.wish, now);
  ASSERT_TRUE(made.has_value()) << explain(made.error());
  EXPECT_EQ(made->owner, name("_validation-persist.example.com"));
  EXPECT_EQ(made->value, row.want);
}

INSTANTIATE_TEST_SUITE_P(Table, Generate, ::testing::ValuesIn(good_cases),
                         [](const auto& row) { return row.param.name; });

struct BadCase {
  std::string name;
  Requirement required;
  std::string profile;
  RecordWish wish;
  std::string want;  ///< the explanation
  friend void PrintTo(const BadCase& row, std::ostream* out) { *out << row.name; }
};

Requirement with_url(std::string url) {
  Requirement required = wanting("example.com");
  required.account.url = std::move(url);
  return required;
}

Requirement with_prefix(std::string prefix) {
  Requirement required = wanting_02("example.com");
  required.account_hash_prefix = std::move(prefix);
  return required;
}

Requirement with_issuers(std::vector<record::DomainName> names) {
  Requirement required = wanting("example.com");
  required.issuer_domain_names = std::move(names);
  return required;
}

Requirement without_keys() {
  Requirement required = wanting_02("example.com");
  required.account.thumbprints.clear();
  return required;
}

Requirement deactivated() {
  Requirement required = wanting("example.com");
  required.account.status = record::AccountStatus::deactivated;
  return required;
}

std::string long_name() {
  const std::string label(58, 'a');
  return label + "." + label + "." + label + "." + label;
}

RecordWish until(std::int64_t seconds) {
  return {.persist_until = UnixTime{seconds}};
}

std::string bad_url(int octet) {
  return "the account URL is no absolute URI that can stand in a record (octet " +
         std::to_string(octet) + ")";
}
std::string bad_prefix(int octet) {
  return "the accountHashPrefix is no absolute URI that can stand in a record (octet " +
         std::to_string(octet) + ")";
}

const std::string past = "persistUntil is not in the future";
const std::string too_far =
    "persistUntil is too far away; it is given in seconds, not milliseconds";

const BadCase bad_cases[] = {
    {"name_too_long",
     wanting(long_name()),
     "strict-01",
     {},
     "the name leaves no room for _validation-persist. (at most 233 octets)"},
    {"no_issuer", with_issuers({}), "strict-01", {}, "the CA's issuer-domain-name is not known"},
    {"issuer_with_underscore",
     with_issuers({name("c_a.example")}),
     "strict-01",
     {},
     "the issuer-domain-name is not in the grammar of RFC 8659"},
    {"injection_of_policy",
     with_url("https://ca.example/acct/1; policy=wildcard"),
     "strict-01",
     {},
     bad_url(26)},
    {"injection_of_an_account",
     with_url("https://ca.example/acct/1;accounturi=x"),
     "strict-01",
     {},
     bad_url(26)},
    {"blank_in_url", with_url("https://ca.example/acct/ 1"), "strict-01", {}, bad_url(25)},
    {"line_break_in_url", with_url("https://ca.example/\nacct"), "strict-01", {}, bad_url(20)},
    {"nul_in_url", with_url(std::string("https://ca\0", 11)), "strict-01", {}, bad_url(11)},
    {"umlaut_in_url", with_url("https://cä.example/"), "strict-01", {}, bad_url(10)},
    {"empty_url", with_url(""), "strict-01", {}, bad_url(1)},
    {"relative_url", with_url("/acct/1"), "strict-01", {}, bad_url(1)},
    {"url_without_scheme", with_url("://ca.example/1"), "strict-01", {}, bad_url(1)},
    {"scheme_alone", with_url("https:"), "strict-01", {}, bad_url(1)},
    {"scheme_of_digits", with_url("1a:b"), "strict-01", {}, bad_url(1)},
    {"injection_by_prefix",
     with_prefix("https://ca.example/; policy=wildcard; x="),
     "strict-02",
     {},
     bad_prefix(20)},
    {"relative_prefix", with_prefix("account-hash/"), "strict-02", {}, bad_prefix(1)},
    {"empty_prefix", with_prefix(""), "strict-02", {}, bad_prefix(1)},
    {"no_key",
     without_keys(),
     "strict-02",
     {},
     "dialect 02 hashes the account key: its thumbprint is needed"},
    {"long_past", wanting("example.com"), "strict-01", until(1), past},
    {"this_very_second", wanting("example.com"), "strict-01", until(now.seconds), past},
    {"negative", wanting("example.com"), "strict-01", until(-62'135'596'800), past},
    {"milliseconds", wanting("example.com"), "strict-01", until(1'798'761'600'000), too_far},
    {"year_10000", wanting("example.com"), "strict-01", until(253'402'300'800), too_far},
    {"greatest", wanting("example.com"), "strict-01", until(INT64_MAX), too_far},
    {"deactivated_account",
     deactivated(),
     "strict-01",
     {},
     "the CA would refuse the record (account-deactivated)"},
    {"wildcard_without_policy",
     wanting("*.example.com"),
     "strict-01",
     {},
     "the CA would refuse the record (policy-not-wildcard)"},
    {"baseline_ca_without_policy",
     wanting("*.example.com"),
     "br-only",
     {},
     "the CA would refuse the record (policy-not-wildcard)"},
};

class GenerateRefuses : public ::testing::TestWithParam<BadCase> {};

TEST_P(GenerateRefuses, WithTheCause) {
  const BadCase& row = GetParam();
  const auto made = generate(row.required, profile(row.profile), row.wish, now);
  ASSERT_FALSE(made.has_value()) << made->value;
  EXPECT_EQ(explain(made.error()), row.want);
}

INSTANTIATE_TEST_SUITE_P(Table, GenerateRefuses, ::testing::ValuesIn(bad_cases),
                         [](const auto& row) { return row.param.name; });

TEST(CharacterStrings, HoldAtMost255Octets) {
  const auto sizes = [](std::size_t octets) {
    std::vector<std::size_t> found;
    for (const std::string& part : record::to_character_strings(std::string(octets, 'x'))) {
      found.push_back(part.size());
    }
    return found;
  };
  EXPECT_THAT(sizes(0), ElementsAre(0));
  EXPECT_THAT(sizes(1), ElementsAre(1));
  EXPECT_THAT(sizes(255), ElementsAre(255));
  EXPECT_THAT(sizes(256), ElementsAre(255, 1));
  EXPECT_THAT(sizes(510), ElementsAre(255, 255));
  EXPECT_THAT(sizes(511), ElementsAre(255, 255, 1));
}

TEST(CharacterStrings, JoinToTheText) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += static_cast<char>(i);
  EXPECT_EQ(record::TxtRecord{record::to_character_strings(text)}.text(), text);
}

TEST(ZoneStrings, EscapeWhatAZoneFileMust) {
  EXPECT_EQ(record::to_zone_strings({""}), R"("")");
  EXPECT_EQ(record::to_zone_strings({"a; b", "c"}), R"("a; b" "c")");
  EXPECT_EQ(record::to_zone_strings({"", "", "x"}), R"("" "" "x")");
  EXPECT_EQ(record::to_zone_strings({"q\"b\\"}), R"("q\"b\\")");
  EXPECT_EQ(record::to_zone_strings({"\n\t\x7F\xFF"}), R"("\010\009\127\255")");
  EXPECT_EQ(record::to_zone_strings({"$ORIGIN . @ ( ;"}), R"("$ORIGIN . @ ( ;")");
}

TEST(ZoneLine, IsOneLineWithAnAbsoluteOwner) {
  EXPECT_EQ(record::to_zone_line(name("_validation-persist.example.com"), std::chrono::hours{1},
                                 usual_record + "\n"),
            "_validation-persist.example.com. 3600 IN TXT "
            "\"ca.example; accounturi=https://ca.example/acct/1\\010\"");
}

TEST(ZoneLine, CutsALongValue) {
  EXPECT_EQ(record::to_zone_line(name("a.example"), std::chrono::seconds{0}, std::string(256, 'x')),
            "a.example. 0 IN TXT \"" + std::string(255, 'x') + "\" \"x\"");
}

TEST(GenerateError, TellsAReasonItHasNotGot) {
  EXPECT_EQ(explain(GenerateError{GenerateErrorCode::not_authorized}),
            "the CA would refuse the record (no reason)");
}

}  // namespace
}  // namespace persist::testing
