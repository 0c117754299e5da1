#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/findings.h"

namespace persist::rules {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

const std::string account = "ca.example; accounturi=https://ca.example/acct/1";
std::string until(const std::string& value) {
  return account + "; persistUntil=" + value;
}

struct Case {
  std::string name;
  std::string record;
  std::vector<std::string> want;
  void (*arrange)(Subject&) = nullptr;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const auto name_of = [](const auto& row) { return row.param.name; };

std::string not_integer(const std::string& shown) {
  return "DP501 error: persistUntil is " + shown +
         ", expected seconds since 1970-01-01 as a plain number";
}

// The fixture's clock stands at 1795219200, 2026-11-21T00:00:00Z.
const Case forms[] = {
    {"plain", until("1830297600"), {}},
    {"plus",
     until("+5"),
     {"DP100", "DP506 warning: persistUntil is \"+5\", expected the number without a sign",
      "DP803"}},
    {"minus",
     until("-1"),
     {"DP504 error: the record ended at 1969-12-31T23:59:59Z, 20778 days ago",
      "DP507 warning: persistUntil is \"-1\", a time before 1970", "DP803"}},
    {"minus_zero",
     until("-0"),
     {"DP504 error: the record ended at 1970-01-01T00:00:00Z, 20778 days ago",
      "DP506 warning: persistUntil is \"-0\", expected the number without a sign"}},
    {"hex", until("0x10"), {not_integer("\"0x10\"")}},
    {"exponent", until("1e9"), {not_integer("\"1e9\"")}},
    {"underscore", until("1_000"), {not_integer("\"1_000\"")}},
    {"empty", until(""), {not_integer("\"\"")}},
    {"two_signs", until("+-5"), {not_integer("\"+-5\"")}},
    {"sign_alone", until("-"), {not_integer("\"-\"")}},
    {"fraction", until("1830297600.0"), {not_integer("\"1830297600.0\"")}},
    {"date", until("2028-01-01"), {not_integer("\"2028-01-01\"")}},
    {"date_and_time", until("2028-01-01T00:00:00Z"), {not_integer("\"2028-01-01T00:00:00Z\"")}},
    {"word", until("never"), {not_integer("\"never\"")}},
    {"leading_zeros",
     until("0001830297600"),
     {"DP508 warning: persistUntil is \"0001830297600\", expected the number without leading "
      "zeros"}},
    {"milliseconds",
     until("1830297600000"),
     {"DP502 error: persistUntil is \"1830297600000\", which is 2028-01-01T00:00:00Z if it is read "
      "as milliseconds, "
      "but it counts seconds"}},
    {"microseconds",
     until("1830297600000000"),
     {"DP502 error: persistUntil is \"1830297600000000\", which is 2028-01-01T00:00:00Z if it is "
      "read as "
      "microseconds, but it counts seconds"}},
    {"nanoseconds",
     until("1830297600000000000"),
     {"DP502 error: persistUntil is \"1830297600000000000\", which is 2028-01-01T00:00:00Z if it "
      "is read as "
      "nanoseconds, but it counts seconds"}},
    {"five_thousand_digits",
     until(std::string(5000, '7')),
     {"DP503 error: persistUntil is \"7777777777777777777777777777777777777777... (4960 more "
      "bytes)\", which is no "
      "number of 64 bits"}},
};

/// What other CAs do with odd numbers has rules and tests of its own.
std::vector<std::string> without_portability(std::vector<std::string> lines) {
  std::erase(lines, "DP803");
  return lines;
}

class R09 : public ::testing::TestWithParam<Case> {};

TEST_P(R09, FormOfPersistUntilIsSaidOnce) {
  const auto lines = testing::findings({GetParam().record}, GetParam().arrange);
  EXPECT_THAT(without_portability(lines), ElementsAreArray(without_portability(GetParam().want)));
}

INSTANTIATE_TEST_SUITE_P(Table, R09, ::testing::ValuesIn(forms), name_of);

TEST(R09, BlankInFrontIsNoPartOfTheNumber) {
  const auto lines = testing::findings({until(" 1830297600")});
  EXPECT_THAT(lines, ::testing::Not(::testing::Contains(::testing::HasSubstr("DP5"))));
}

TEST(R09, DateAndMillisecondsGetTheRightNumber) {
  for (const char* value : {"2028-01-01", "1830297600000", "\"2028-01-01T00:00:00Z\""}) {
    const auto found = run_rules(make_good_example({.good = {until(value)}, .bad = {}}));
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const report::Diagnostic& diagnostic) {
      return diagnostic.hint == "write persistUntil=1830297600";
    })) << value;
  }
}

void use_boulder(Subject& subject) {
  subject.ca = record::find_profile("letsencrypt-staging");
}
void use_2000(Subject& subject) {
  subject.now = UnixTime{946'684'800};
}

const Case bounds[] = {
    {"one_second_late",
     until("1795219199"),
     {"DP504 error: the record ended at 2026-11-20T23:59:59Z, 1 second ago"}},
    {"last_good_second",
     until("1795219200"),
     {"DP505 warning: the record ends at 2026-11-21T00:00:00Z, in 0 seconds"}},
    {"one_second_left",
     until("1795219201"),
     {"DP505 warning: the record ends at 2026-11-21T00:00:01Z, in 1 second"}},
    {"thirty_days",
     until("1797811200"),
     {"DP505 warning: the record ends at 2026-12-21T00:00:00Z, in 30 days"}},
    {"thirty_days_and_a_second", until("1797811201"), {}},
    {"two_to_the_31", until("2147483648"), {}},
    {"two_to_the_32", until("4294967296"), {}},
    {"end_of_year_9999",
     until("253402300799"),
     {"DP502 error: persistUntil is \"253402300799\", which is 1978-01-11T21:31:40Z if it is read "
      "as milliseconds, "
      "but it counts seconds"}},
    {"largest_of_64_bits",
     until("9223372036854775807"),
     {"DP503 warning: persistUntil is \"9223372036854775807\", which is after the year 9999"}},
    {"largest_of_64_bits_wraps",
     until("9223372036854775807"),
     {"DP503 error: persistUntil is \"9223372036854775807\", which is after the year 9999"},
     use_boulder},
    {"over_64_bits",
     until("9223372036854775808"),
     {"DP503 error: persistUntil is \"9223372036854775808\", which is no number of 64 bits"}},
    {"year_one_means_no_limit",
     until("-62135596800"),
     {"DP507 warning: persistUntil is \"-62135596800\", a time before 1970"},
     use_boulder},
    {"least_of_64_bits",
     until("-9223372036854775808"),
     {"DP504 error: the record ended at -9223372036854775808, 106751991167300 days ago",
      "DP507 warning: persistUntil is \"-9223372036854775808\", a time before 1970"}},
    {"other_clock",
     until("946684799"),
     {"DP504 error: the record ended at 1999-12-31T23:59:59Z, 1 second ago"},
     use_2000},
};

class R10 : public ::testing::TestWithParam<Case> {};

TEST_P(R10, EndIsComparedInWholeSeconds) {
  const auto lines = testing::findings({GetParam().record}, GetParam().arrange);
  EXPECT_THAT(without_portability(lines), ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, R10, ::testing::ValuesIn(bounds), name_of);

TEST(PersistUntil, EndOfOneRecordDoesNotMatterBesideOneWithoutEnd) {
  EXPECT_THAT(testing::findings({until("1795651200"), account}), IsEmpty());
}

TEST(PersistUntil, LatestOfSeveralEndsCounts) {
  EXPECT_THAT(
      testing::findings({until("1795651200"), until("1795737600")}),
      ElementsAreArray({"DP505 warning: the record ends at 2026-11-27T00:00:00Z, in 6 days"}));
}

TEST(PersistUntil, EndedRecordBesideALivingOneIsAWarning) {
  EXPECT_THAT(
      testing::findings({until("1700000000"), account}),
      ElementsAreArray({"DP504 warning: the record ended at 2023-11-14T22:13:20Z, 1102 days ago"}));
}

config::DomainEntry make_entry(std::chrono::hours renew_every) {
  config::DomainEntry entry{
      .identifier = {.name = record::DomainName::parse("example.com").value()}};
  entry.renew_every = renew_every;
  return entry;
}

void renew_in_60_days(Subject& subject) {
  static const config::DomainEntry entry = make_entry(std::chrono::hours{60 * 24});
  subject.entry = &entry;
}

// 60 days from now are 1800403200; the margin for a warning is seven days more.
const Case renewals[] = {
    {"before",
     until("1800403199"),
     {"DP510 error: the record ends at 2027-01-19T23:59:59Z, before the next renewal at "
      "2027-01-20T00:00:00Z"},
     renew_in_60_days},
    {"at_the_renewal",
     until("1800403200"),
     {"DP505 warning: the record ends at 2027-01-20T00:00:00Z, in 60 days"},
     renew_in_60_days},
    {"end_of_the_margin",
     until("1801008000"),
     {"DP505 warning: the record ends at 2027-01-27T00:00:00Z, in 67 days"},
     renew_in_60_days},
    {"after_the_margin", until("1801008001"), {}, renew_in_60_days},
};

class Renewal : public ::testing::TestWithParam<Case> {};

TEST_P(Renewal, IsForecast) {
  EXPECT_THAT(testing::findings({GetParam().record}, GetParam().arrange),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, Renewal, ::testing::ValuesIn(renewals), name_of);

// Tags that are met where persistUntil is meant.
class WrongTag : public ::testing::TestWithParam<std::string> {};

TEST_P(WrongTag, HasNoEffect) {
  EXPECT_THAT(testing::findings({account + "; " + GetParam() + "=1830297600"}),
              ::testing::Contains("DP509 error: the tag is \"" + GetParam() +
                                  "\", expected persistUntil: the record has no end"));
}

INSTANTIATE_TEST_SUITE_P(Tags, WrongTag,
                         ::testing::Values("expires", "persist-until", "validuntil", "until",
                                           "notAfter", "persistUntill", "persistUnil"));

TEST(WrongTag, OtherUnknownTagsAreNoEnd) {
  EXPECT_THAT(testing::findings({account + "; note=1830297600"}), ElementsAreArray({"DP217"}));
}

}  // namespace
}  // namespace persist::rules
