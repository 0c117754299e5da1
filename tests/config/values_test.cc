#include <gtest/gtest.h>

#include "printing.h"

namespace persist::config {
namespace {

/// One value in its place in an otherwise good list, and the message without place and line.
struct Case {
  std::string name;
  std::string line;     ///< of an entry, behind its name
  std::string message;  ///< empty: accepted
  std::string hint{};
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string duration =
    "expected a duration such as 30d (units s, m, h, d, w; at most 100 years), found ";
const std::string date = "expected a date such as 2027-02-01 or 2027-02-01T12:00:00Z, found ";
const std::string boolean = "wildcard: expected true or false, found ";
const std::string say_true = "write true, without quotes";
const std::string say_false = "write false, without quotes";

const Case cases[] = {
    {"true_is_true", "wildcard: true", ""},
    {"false_is_false", "wildcard: false", ""},
    {"yes", "wildcard: yes", boolean + "\"yes\"", say_true},
    {"on", "wildcard: on", boolean + "\"on\"", say_true},
    {"y", "wildcard: y", boolean + "\"y\"", say_true},
    {"no", "wildcard: no", boolean + "\"no\"", say_false},
    {"off", "wildcard: off", boolean + "\"off\"", say_false},
    {"capitals", "wildcard: True", boolean + "\"True\"", say_true},
    {"all_capitals", "wildcard: FALSE", boolean + "\"FALSE\"", say_false},
    {"quoted_true", "wildcard: \"true\"", boolean + "\"true\" in quotes", say_true},
    {"single_quoted_true", "wildcard: 'true'", boolean + "\"true\" in quotes", say_true},
    {"block_true", "wildcard: |-\n      true", boolean + "\"true\" in quotes", say_true},
    {"one", "wildcard: 1", boolean + "\"1\""},
    {"tilde", "wildcard: ~", boolean + "nothing"},
    {"null_word", "wildcard: null", boolean + "nothing"},
    {"nothing", "wildcard:", boolean + "nothing"},
    {"boolean_is_list", "wildcard: [true]", boolean + "a list"},
    {"boolean_is_empty_map", "wildcard: {}", boolean + "an empty map"},
    {"days", "renew_every: 60d", ""},
    {"quoted_days", "renew_every: \"60d\"", ""},
    {"no_unit", "renew_every: 60", "renew_every: " + duration + "\"60\"",
     "name the unit: 60d for days"},
    {"octal", "renew_every: 017", "renew_every: " + duration + "\"017\""},
    {"octal_days", "renew_every: 017d", "renew_every: " + duration + "\"017d\""},
    {"new_octal", "renew_every: 0o17", "renew_every: " + duration + "\"0o17\""},
    {"hexadecimal", "renew_every: 0x1F", "renew_every: " + duration + "\"0x1F\""},
    {"exponent", "renew_every: 1e3", "renew_every: " + duration + "\"1e3\""},
    {"sexagesimal", "renew_every: 1:30", "renew_every: " + duration + "\"1:30\""},
    {"underscore", "renew_every: 1_000s", "renew_every: " + duration + "\"1_000s\""},
    {"infinite", "renew_every: .inf", "renew_every: " + duration + "\".inf\""},
    {"negative", "renew_every: -5d", "renew_every: " + duration + "\"-5d\""},
    {"signed_days", "renew_every: +5d", "renew_every: " + duration + "\"+5d\""},
    {"fraction", "renew_every: 1.5d", "renew_every: " + duration + "\"1.5d\""},
    {"over_100_years", "renew_every: 36526d", "renew_every: " + duration + "\"36526d\""},
    {"over_64_bits", "renew_every: 99999999999999999999d",
     "renew_every: " + duration + "\"99999999999999999999d\""},
    {"unit_alone", "renew_every: d", "renew_every: " + duration + "\"d\""},
    {"empty_duration", "renew_every: \"\"", "renew_every: " + duration + "\"\" in quotes"},
    {"date", "next_renewal: 2027-02-01", ""},
    {"time", "next_renewal: 2027-02-01T00:00:00+01:00", ""},
    {"unix_time", "next_renewal: 1800000000", "next_renewal: " + date + "\"1800000000\""},
    {"negative_unix_time", "next_renewal: -100000000", "next_renewal: " + date + "\"-100000000\""},
    {"no_such_day", "next_renewal: 2027-02-29", "next_renewal: " + date + "\"2027-02-29\""},
    {"day_first", "next_renewal: 01.02.2027", "next_renewal: " + date + "\"01.02.2027\""},
    {"date_is_list", "next_renewal: [2027-02-01]", "next_renewal: " + date + "a list"},
    {"state_in_capitals", "state: Active",
     "state: expected active, planned or retired, found \"Active\""},
    {"state_nothing", "state:", "state: expected active, planned or retired, found nothing"},
    {"wish_unknown", "persist_until: never",
     "persist_until: expected required, forbidden or {at_most: 400d}, found \"never\""},
    {"wish_empty", "persist_until: {}", "persist_until: \"at_most\" is missing"},
    {"wish_other_key", "persist_until: {at_least: 4d}", "unknown key \"at_least\"",
     "known here: at_most"},
    {"account_nothing", "account:", "account: expected a text or a list of texts, found nothing"},
    {"account_empty_list", "account: []",
     "account: expected a text or a list of texts, found an empty list"},
    {"account_map", "account: {a: b}", "account: expected a text or a list of texts, found a map"},
    {"account_empty", "account: [\"\"]", "expected a text, found \"\" in quotes"},
    {"labels_list", "labels: [a]", "labels: expected a map of texts, found a list"},
    {"label_nothing", "labels: {team: }", "team: expected a text, found nothing"},
    {"labels_numbers", "labels: {team: 017, on: 1e3}", ""},
    {"ignore_map", "ignore: {rule: DP402}", "ignore: expected a list, found a map"},
    {"ignore_of_text", "ignore: [DP402]", "expected a map, found \"DP402\""},
    {"ignore_rule_with_space", "ignore: [{rule: DP 402}]",
     "rule: expected the id or name of a rule, such as DP402, found \"DP 402\""},
    {"ignore_until_number", "ignore: [{rule: DP402, until: 5}]", "until: " + date + "\"5\""},
};

class Y10_Value : public testing::TestWithParam<Case> {};

TEST_P(Y10_Value, IsReadOrRefused) {
  const Case& row = GetParam();
  auto reader = InventoryReader::from_text(
      "l", "domains:\n  - name: a.example\n    " + row.line + "\n", ListFormat::yaml);
  ASSERT_TRUE(reader) << explain(reader.error());
  const auto entry = reader->next();
  EXPECT_EQ(entry ? "" : entry.error().message, row.message);
  EXPECT_EQ(entry ? "" : entry.error().hint, row.hint);
}

INSTANTIATE_TEST_SUITE_P(Table, Y10_Value, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

struct VersionCase {
  std::string name;
  std::string value;
  std::string message;
  friend void PrintTo(const VersionCase& row, std::ostream* out) { *out << row.name; }
};
const std::string version = "version: expected 1, the only version of this format, found ";
const VersionCase versions[] = {
    {"one", "1", ""},
    {"quoted", "\"1\"", version + "\"1\" in quotes"},
    {"leading_zero", "01", version + "\"01\""},
    {"hexadecimal", "0x1", version + "\"0x1\""},
    {"fraction", "1.0", version + "\"1.0\""},
    {"sign", "+1", version + "\"+1\""},
    {"list", "[1]", version + "a list"},
    {"nothing", "", version + "nothing"},
};

class Y10_Version : public testing::TestWithParam<VersionCase> {};
TEST_P(Y10_Version, IsReadOrRefused) {
  const auto reader = InventoryReader::from_text(
      "l", "version: " + GetParam().value + "\ndomains:\n- a.example\n", ListFormat::yaml);
  EXPECT_EQ(reader ? "" : reader.error().message, GetParam().message);
}
INSTANTIATE_TEST_SUITE_P(Table, Y10_Version, testing::ValuesIn(versions),
                         [](const auto& row) { return row.param.name; });

struct UriCase {
  std::string name;
  std::string url;
  bool good;
  friend void PrintTo(const UriCase& row, std::ostream* out) { *out << row.name; }
};
const UriCase uris[] = {
    {"https", "https://ca.example/acct/1", true},
    {"http", "http://ca.example/acct/1", true},
    {"acct", "acct:ops@ca.example", true},
    {"urn", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", true},
    {"all_octets_of_a_value", "a+-.0:!#$%&'()*,/:<=>?@[]^_`{|}~", true},
    {"no_scheme", "//ca.example/acct/1", false},
    {"path", "/acct/1", false},
    {"nothing_after_scheme", "https:", false},
    {"scheme_begins_with_digit", "1a:b", false},
    {"scheme_with_underscore", "a_b:c", false},
    {"space", "https://ca.example/acct/1 2", false},
    {"semicolon", "https://ca.example/acct/1;2", false},
    {"not_ascii", "https://ca.example/\xC3\xA4", false},
};

class AccountUrl : public testing::TestWithParam<UriCase> {};
TEST_P(AccountUrl, IsAnAbsoluteUri) {
  std::string quoted;
  for (const char c : GetParam().url) quoted += c == '\'' ? "''" : std::string(1, c);
  const std::string list =
      "accounts: {a: {ca: google, url: '" + quoted + "'}}\ndomains:\n- a.example\n";
  const auto reader = InventoryReader::from_text("l", list, ListFormat::yaml);
  ASSERT_EQ(reader.has_value(), GetParam().good);
  if (reader) {
    EXPECT_EQ(reader->settings().accounts.at("a").account.url, GetParam().url);
  } else {
    EXPECT_EQ(reader.error().message,
              "url: expected an absolute URI in visible ASCII without \";\", found \"" +
                  GetParam().url + "\" in quotes");
  }
}
INSTANTIATE_TEST_SUITE_P(Table, AccountUrl, testing::ValuesIn(uris),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::config
