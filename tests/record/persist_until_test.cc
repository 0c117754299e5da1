#include "record/persist_until.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "record/ca_profile.h"

namespace persist::record {
namespace {

constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

/// The number read, or the offset of the fault.
struct Want {
  std::optional<std::int64_t> seconds{};
  std::size_t offset = 0;
};

struct Case {
  std::string name;
  std::string text;
  Want strict;
  Want go;    ///< Boulder and Pebble
  Want java;  ///< a CA with the Baseline Requirements alone
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

Want at(std::size_t offset) {
  return {{}, offset};
}
Want number(std::int64_t seconds) {
  return {seconds};
}
Case for_all(std::string name, std::string text, Want want) {
  return {std::move(name), std::move(text), want, want, want};
}

const Case cases[] = {
    for_all("usual", "1767225600", number(1'767'225'600)),
    for_all("zero", "0", number(0)),
    for_all("leading_zeros", "0000000005", number(5)),
    for_all("many_leading_zeros", std::string(5000, '0') + "5", number(5)),
    for_all("milliseconds", "1767225600000", number(1'767'225'600'000)),
    {"plus", "+5", at(0), number(5), number(5)},
    {"plus_zero", "+0", at(0), number(0), number(0)},
    {"plus_alone", "+", at(0), at(1), at(1)},
    {"two_plus", "++5", at(0), at(1), at(1)},
    {"plus_minus", "+-5", at(0), at(1), at(1)},
    {"minus", "-1", number(-1), number(-1), at(2)},
    {"minus_zero", "-0", number(0), number(0), number(0)},
    for_all("minus_alone", "-", at(0)),
    for_all("minus_plus", "-+5", at(0)),
    for_all("empty", "", at(0)),
    for_all("hexadecimal", "0x10", at(1)),
    for_all("exponent", "1e9", at(1)),
    for_all("underscores", "1_000", at(1)),
    for_all("comma", "1,000", at(1)),
    for_all("fraction", "1.5", at(1)),
    for_all("blank_before", " 5", at(0)),
    for_all("blank_behind", "5 ", at(1)),
    for_all("date", "2027-01-01T00:00:00Z", at(4)),
    for_all("letters_behind", "17672256x", at(8)),
    for_all("nul_behind", std::string("5\0", 2), at(1)),
    for_all("arabic_digits", "\u0661", at(0)),
    for_all("full_width_digits", "\uFF11", at(0)),
    for_all("five_thousand_digits", std::string(5000, '9'), at(5000)),
    for_all("greatest_and_one", "9223372036854775808", at(19)),
    for_all("out_of_range_and_text", "9223372036854775808x", at(19)),
    for_all("two_to_the_64", "18446744073709551616", at(20)),
    {"greatest", "9223372036854775807", number(greatest), number(greatest), at(19)},
    {"least", "-9223372036854775808", number(least), number(least), at(20)},
    for_all("least_and_one", "-9223372036854775809", at(20)),
    {"greatest_of_java", "31556889864403199", number(31'556'889'864'403'199),
     number(31'556'889'864'403'199), number(31'556'889'864'403'199)},
    {"over_greatest_of_java", "31556889864403200", number(31'556'889'864'403'200),
     number(31'556'889'864'403'200), at(17)},
};

void expect_read(std::string_view text, const PersistUntilRules& rules, const Want& want) {
  const auto time = parse_persist_until(text, rules);
  ASSERT_EQ(time.has_value(), want.seconds.has_value());
  if (time) {
    EXPECT_EQ(time->seconds, want.seconds);
  } else {
    EXPECT_EQ(time.error(),
              (SyntaxError{SyntaxErrorCode::persist_until_malformed, want.offset, ""}));
  }
}

const PersistUntilRules& rules_of(std::string_view profile) {
  return find_profile(profile)->reading.persist_until;
}

class PersistUntil : public testing::TestWithParam<Case> {};

TEST_P(PersistUntil, R09_IsReadToTheLetter) {
  expect_read(GetParam().text, {}, GetParam().strict);
}
TEST_P(PersistUntil, R09_IsReadLikeBoulder) {
  expect_read(GetParam().text, rules_of("letsencrypt"), GetParam().go);
}
TEST_P(PersistUntil, R09_IsReadLikePebble) {
  expect_read(GetParam().text, rules_of("pebble"), GetParam().go);
}
TEST_P(PersistUntil, R09_IsReadLikeDigiCert) {
  expect_read(GetParam().text, rules_of("br-only"), GetParam().java);
}

INSTANTIATE_TEST_SUITE_P(Table, PersistUntil, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(PersistUntilLimit, IsTheNumberForTheDraft) {
  for (const std::int64_t seconds :
       {least, std::int64_t{-62'135'596'800}, std::int64_t{0}, greatest}) {
    EXPECT_EQ(effective_limit({seconds}, {}), UnixTime{seconds});
  }
}

TEST(PersistUntilLimit, ClockOfGoWraps) {
  for (const char* profile : {"letsencrypt", "pebble"}) {
    const auto& rules = rules_of(profile);
    EXPECT_EQ(effective_limit({9'223'371'974'719'179'007}, rules),
              UnixTime{9'223'371'974'719'179'007});
    EXPECT_EQ(effective_limit({9'223'371'974'719'179'008}, rules), UnixTime{least});
    EXPECT_EQ(effective_limit({greatest}, rules), UnixTime{least});
  }
}

TEST(PersistUntilLimit, ZeroTimeOfGoIsNoLimitForBoulderAlone) {
  EXPECT_EQ(effective_limit({-62'135'596'800}, rules_of("letsencrypt")), std::nullopt);
  EXPECT_EQ(effective_limit({-62'135'596'799}, rules_of("letsencrypt")), UnixTime{-62'135'596'799});
  EXPECT_EQ(effective_limit({-62'135'596'800}, rules_of("pebble")), UnixTime{-62'135'596'800});
}

}  // namespace
}  // namespace persist::record
