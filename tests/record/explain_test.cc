#include "record/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/records.h"

namespace persist::testing {
namespace {

using record::Circumstances;
using record::Outcome;
using record::Reason;

struct Case {
  std::string name;
  std::string identifier;
  std::vector<std::string> texts;
  std::string first;  ///< of the first record
  std::string whole;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

/// The same of the only record: `it` and `its` become `the record`.
std::string one(const std::string& text) {
  return text[2] == ' ' ? "the record" + text.substr(2) : "the record'" + text.substr(2);
}

Case single(std::string name, std::string text, const std::string& want) {
  return {std::move(name), "example.com", {std::move(text)}, want, one(want)};
}

std::string account_differs(const std::string& found, int octet) {
  return "its account is \"" + found +
         "\", not \"https://ca.example/acct/1\" (they differ from octet " + std::to_string(octet) +
         " on)";
}

const Case cases[] = {
    {"authorizes",
     "example.com",
     {usual_record},
     "it authorises (wildcard: no; until: never)",
     "wildcard: no; until: never"},
    {"authorizes_until",
     "*.example.com",
     {usual_record + "; policy=wildcard; persistUntil=1798761600"},
     "it authorises (wildcard: yes; until: 2027-01-01T00:00:00Z)",
     "wildcard: yes; until: 2027-01-01T00:00:00Z"},
    {"authorizes_beyond_the_calendar",
     "example.com",
     {usual_record + "; persistUntil=253402300800"},
     "it authorises (wildcard: no; until: 253402300800)",
     "wildcard: no; until: 253402300800"},
    {"second_authorizes",
     "example.com",
     {"v=spf1", usual_record},
     "its issuer is \"v=spf1\", not ca.example",
     "wildcard: no; until: never"},
    single("foreign", "other.example; accounturi=x",
           "its issuer is \"other.example\", not ca.example"),
    single("no_issuer", "; accounturi=x",
           "it names no CA: ca.example is expected before the first semicolon"),
    single("R12_cyrillic", "\u0441a.example",
           "its issuer is \"\\u{0441}a.example\", not ca.example"),
    single("R12_full_width", "\uFF43a.example",
           "its issuer is \"\\u{ff43}a.example\", not ca.example"),
    single("R12_zero_width", "ca.example\u200B",
           "its issuer is \"ca.example\\u{200b}\", not ca.example"),
    single("R12_soft_hyphen",
           "c\u00AD"
           "a.example",
           "its issuer is \"c\\u{00ad}a.example\", not ca.example"),
    single("O01_escape_sequence", "\x1B[2J", "its issuer is \"\\x1b[2J\", not ca.example"),
    single("O01_runner_command", "::error::x",
           "its issuer is \"\\x3a:error\\x3a:x\", not ca.example"),
    single("R14_quotes_round_all", "\"ca.example\"",
           "its issuer is \"\\\"ca.example\\\"\", not ca.example"),
    single("O10_long_issuer", std::string(1000, 'x'),
           "its issuer is \"" + std::string(80, 'x') + "... (920 more bytes)\", not ca.example"),
    single("R11_capital", issuer + "; accounturi=https://ca.example/Acct/1",
           account_differs("https://ca.example/Acct/1", 20)),
    single("R11_http", issuer + "; accounturi=http://ca.example/acct/1",
           account_differs("http://ca.example/acct/1", 5)),
    single("R11_port", issuer + "; accounturi=https://ca.example:443/acct/1",
           account_differs("https://ca.example:443/acct/1", 19)),
    single("R11_slash_behind", usual_record + "/",
           account_differs("https://ca.example/acct/1/", 26)),
    single("R11_too_short", usual_record.substr(0, usual_record.size() - 1),
           account_differs("https://ca.example/acct/", 25)),
    single("R11_percent", issuer + "; accounturi=https://ca.example/acct/%31",
           account_differs("https://ca.example/acct/%31", 25)),
    single("expired", usual_record + "; persistUntil=1721952000",
           "it expired: persistUntil=1721952000 was 2024-07-26T00:00:00Z, now it is "
           "2026-11-21T00:00:00Z"),
    single(
        "expired_before_the_calendar", usual_record + "; persistUntil=-99999999999",
        "it expired: persistUntil=-99999999999 was -99999999999, now it is 2026-11-21T00:00:00Z"),
    {"wildcard",
     "*.example.com",
     {usual_record},
     "it lacks policy=wildcard, so it does not cover the wildcard name",
     "the record lacks policy=wildcard, so it does not cover the wildcard name"},
    single("final_dot", "ca.example.; accounturi=x",
           "its issuer-domain-name is not well formed (octet 1)"),
    single("semicolon_behind", usual_record + ";", "it has an empty parameter (octet 50)"),
    single("no_equals", usual_record + "; policy", "it has a parameter without \"=\" (octet 51)"),
    single("no_tag", usual_record + "; =x", "it has a parameter without a tag (octet 51)"),
    single("bad_tag", usual_record + "; a_b=x",
           "it has a tag with an octet that no tag may have (octet 51)"),
    single("bad_value", usual_record + " x",
           "it has a value with an octet that no value may have (octet 49)"),
    single("twice", usual_record + "; accounturi=x", "it has the same parameter twice (octet 51)"),
    single("no_account", "ca.example", "it has no accounturi"),
    single("empty_account", "ca.example; accounturi=", "its accounturi is empty (octet 24)"),
    single("bad_end", usual_record + "; persistUntil=soon",
           "its persistUntil is no whole number of seconds (octet 64)"),
    {"decisive_of_three",
     "example.com",
     {"v=spf1", usual_record + "; persistUntil=1", usual_record + ";"},
     "its issuer is \"v=spf1\", not ca.example",
     "none of 3 records authorises; one of 2 for this CA: it has an empty parameter (octet 50)"},
    {"decisive_of_two",
     "example.com",
     {"v=spf1", usual_record + "; persistUntil=1"},
     "its issuer is \"v=spf1\", not ca.example",
     "none of 2 records authorises; the one for this CA: it expired: persistUntil=1 was "
     "1970-01-01T00:00:01Z, now it is 2026-11-21T00:00:00Z"},
    {"none_of_two_is_for_this_ca",
     "example.com",
     {"v=spf1", "other.example; accounturi=x"},
     "its issuer is \"v=spf1\", not ca.example",
     "none of 2 records is for ca.example"},
};

class Describe : public ::testing::TestWithParam<Case> {};

TEST_P(Describe, SaysItInOneLine) {
  const auto required = wanting(GetParam().identifier);
  const auto& ca = profile("strict-01");
  const auto evaluation = evaluate_at_name(txts(GetParam().texts), required, ca);
  const Circumstances on{required, ca, now};
  EXPECT_EQ(describe(evaluation.judgements.at(0), on), GetParam().first);
  EXPECT_EQ(describe(evaluation, on), GetParam().whole);
}

INSTANTIATE_TEST_SUITE_P(Table, Describe, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Describe, NamesEveryIssuerThatWouldDo) {
  auto required = wanting("example.com");
  required.issuer_domain_names.push_back(name("second.example"));
  const auto& ca = profile("strict-01");
  const auto evaluation = evaluate_at_name({txt("x")}, required, ca);
  EXPECT_EQ(describe(evaluation, {required, ca, now}),
            "the record's issuer is \"x\", not ca.example or second.example");
}

/// Somebody pasted a value, and nothing tells for which CA.
TEST(Describe, WithoutTheNameOfACa) {
  auto required = wanting("example.com");
  required.issuer_domain_names.clear();
  const auto& ca = profile("strict-01");
  EXPECT_EQ(describe(evaluate_at_name({txt("; accounturi=x")}, required, ca), {required, ca, now}),
            "the record names no CA");
  EXPECT_EQ(describe(evaluate_at_name({txt("a b")}, required, ca), {required, ca, now}),
            "the record's issuer \"a b\" is no domain name");
}

TEST(Describe, CountsOctetsOfTheRecordForCasThatSeeEscapes) {
  const auto required = wanting("example.com");
  const auto& ca = profile("letsencrypt");
  const auto evaluation = evaluate_at_name({txt(usual_record + "; x=\xFF\xFF; y")}, required, ca);
  EXPECT_EQ(describe(evaluation, {required, ca, now}),
            "the record has a parameter without \"=\" (octet 57)");
}

TEST(Describe, ShowsTheOctetsWhereTheCaSeesEscapes) {
  const auto required = wanting("example.com");
  const auto& ca = profile("letsencrypt");
  const auto of = [&](const std::string& text) {
    return describe(evaluate_at_name({txt(text)}, required, ca), {required, ca, now});
  };
  EXPECT_EQ(of("\u201cca.example; accounturi=x"),
            "the record's issuer is \"\\u{201c}ca.example\", not ca.example");
  EXPECT_EQ(of(issuer + "; accounturi=\"x\""),
            "the record's account is \"\\\"x\\\"\", not \"https://ca.example/acct/1\" (they differ "
            "from octet 1 on)");
}

struct AnswerCase {
  std::string name;
  record::DnsOutcome outcome;
  std::string want;
  friend void PrintTo(const AnswerCase& row, std::ostream* out) { *out << row.name; }
};

const AnswerCase answer_cases[] = {
    {"nxdomain", record::DnsOutcome::nxdomain,
     "the record is missing: the name does not exist (NXDOMAIN)"},
    {"nodata", record::DnsOutcome::nodata,
     "the record is missing: the name exists, but has no TXT record"},
    {"failed", record::DnsOutcome::failed, "DNS gave no trustworthy answer"},
    {"suspicious", record::DnsOutcome::suspicious,
     "the resolver itself calls its answer stale, filtered or forged"},
};

class DescribeAnswer : public ::testing::TestWithParam<AnswerCase> {};

TEST_P(DescribeAnswer, WithoutRecords) {
  const auto required = wanting("example.com");
  const auto& ca = profile("strict-01");
  const std::vector<record::NameAnswer> answers{{required.identifier.name, GetParam().outcome}};
  EXPECT_EQ(describe(evaluate(answers, required, ca, now), {required, ca, now}), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, DescribeAnswer, ::testing::ValuesIn(answer_cases),
                         [](const auto& row) { return row.param.name; });

/// An account whose earlier keys are not known, at a CA with dialect 02.
TEST(Describe, SaysWhatMayBeTheCase) {
  auto required = wanting("example.com");
  required.account.thumbprints = {"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"};
  required.account_hash_prefix = "https://ca.example/h/";
  required.hash_algs = {"sha-256"};
  const std::string text =
      issuer + "; accounturi=https://ca.example/h/sha-256/" + std::string(43, 'A');
  const auto& ca = profile("strict-02");
  EXPECT_EQ(
      describe(evaluate_at_name({txt(text)}, required, ca), {required, ca, now}),
      "the record's hash fits no known key of the account and this name; an earlier key of the "
      "account may fit");
}

TEST(Describe, TellsOfTheRecordThatIsOpen) {
  auto required = wanting("example.com");
  required.account.thumbprints = {"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"};
  const std::string hashed =
      "https://ca.example/h/" +
      *record::account_hash("sha-256", "*", required.account.thumbprints[0], account_url);
  const auto& ca = profile("letsencrypt");
  const auto evaluation =
      evaluate_at_name(txts({usual_record + "2", issuer + "; accounturi=" + hashed}), required, ca);
  EXPECT_EQ(describe(evaluation, {required, ca, now}),
            "none of 2 records authorises; one of 2 for this CA: " + account_differs(hashed, 20) +
                "; it names the account in the other dialect, and the CA may have moved on");
}

TEST(Describe, UnsentNames) {
  const auto required = wanting("example.com");
  const auto& ca = profile("strict-01");
  const Circumstances on{required, ca, now};
  EXPECT_EQ(describe(evaluate_unsent(Reason::identifier_not_dns, ca), on),
            "addresses cannot be validated by this method");
  EXPECT_EQ(describe(evaluate_unsent(Reason::name_too_long, ca), on),
            "the name leaves no room for the label _validation-persist");
}

class EveryReason : public ::testing::TestWithParam<int> {
 protected:
  static Reason reason() { return static_cast<Reason>(GetParam()); }
};

bool is_one_plain_line(std::string_view text) {
  return !text.empty() && text.find('\n') == std::string_view::npos && text.back() != '.' &&
         (text[0] < 'A' || text[0] > 'Z' || text.substr(0, 3) == "DNS");
}

TEST_P(EveryReason, HasASentenceAndARemedy) {
  EXPECT_TRUE(is_one_plain_line(remedy(reason()))) << remedy(reason());
  const auto required = wanting("example.com");
  const auto& ca = profile("strict-01");
  const record::Evaluation evaluation{.outcome = Outcome::refused, .reason = reason()};
  EXPECT_TRUE(is_one_plain_line(describe(evaluation, {required, ca, now})))
      << describe(evaluation, {required, ca, now});
}

INSTANTIATE_TEST_SUITE_P(Table, EveryReason,
                         ::testing::Range(0, static_cast<int>(record::last_reason) + 1),
                         [](const auto& row) {
                           std::string code(record::to_code(static_cast<Reason>(row.param)));
                           std::replace(code.begin(), code.end(), '-', '_');
                           return code;
                         });

TEST(WordsOfCa, AreThoseOfTheSoftware) {
  EXPECT_EQ(words_of_ca(Reason::expired, profile("letsencrypt")), "is after persistUntil");
  EXPECT_EQ(words_of_ca(Reason::expired, profile("pebble")), "is after persistUntil");
  EXPECT_EQ(words_of_ca(Reason::accounturi_missing, profile("letsencrypt")),
            "missing mandatory accounturi");
  EXPECT_EQ(words_of_ca(Reason::accounturi_missing, profile("pebble")),
            "missing mandatory accountURI");
  EXPECT_EQ(words_of_ca(Reason::expired, profile("google")), "");
  EXPECT_EQ(words_of_ca(Reason::hash_alg, profile("letsencrypt")), "");
}

struct NameCase {
  std::string name;
  std::string text;
  std::string want;
  friend void PrintTo(const NameCase& row, std::ostream* out) { *out << row.name; }
};

const NameCase name_cases[] = {
    {"empty", "", "\"\" is no domain name: it is empty"},
    {"too_long", std::string(300, 'a'),
     "\"" + std::string(300, 'a') +
         "\" is no domain name: it has a label of more than 63 octets (octet 1)"},
    {"empty_label", "a..b", "\"a..b\" is no domain name: it has an empty label (octet 3)"},
    {"port", "a.example:53",
     "\"a.example:53\" is no domain name: it has a character that no host name may have (octet "
     "10)"},
    {"hyphen", "a.-b",
     "\"a.-b\" is no domain name: it has a label that begins or ends with a hyphen (octet 3)"},
    {"star", "a.*.b",
     "\"a.*.b\" is no domain name: a star may only be the whole first label (*.example.com)"},
    {"address", "192.0.2.1",
     "\"192.0.2.1\" is no domain name: addresses cannot be validated by this method"},
    {"emoji", "\U0001F512.example",
     "\"\U0001F512.example\" is no domain name: it is not an internationalised domain name (IDNA "
     "2008)"},
    {"O01_control", "a\x1B[2J.example",
     "\"a\\x1b[2J.example\" is no domain name: it has a character that no host name may have "
     "(octet 2)"},
    {"O10_very_long", std::string(2000, 'a'),
     "\"" + std::string(300, 'a') +
         "... (1700 more bytes)\" is no domain name: it has more than 253 octets"},
};

class ExplainName : public ::testing::TestWithParam<NameCase> {};

TEST_P(ExplainName, SaysWhyItIsNone) {
  const auto parsed = record::DomainName::parse(GetParam().text);
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(explain(parsed.error(), GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, ExplainName, ::testing::ValuesIn(name_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::testing
