#include "base/unix_time.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace persist {
namespace {

constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

struct TextCase {
  std::string name;
  std::int64_t seconds;
  std::string want;
  std::string want_date;
  friend void PrintTo(const TextCase& row, std::ostream* out) { *out << row.name; }
};

const TextCase text_cases[] = {
    {"epoch", 0, "1970-01-01T00:00:00Z", "1970-01-01"},
    {"second_before_epoch", -1, "1969-12-31T23:59:59Z", "1969-12-31"},
    {"day_before_epoch", -86'400, "1969-12-31T00:00:00Z", "1969-12-31"},
    {"example_of_the_draft", 1'721'952'000, "2024-07-26T00:00:00Z", "2024-07-26"},
    {"leap_day", 1'709'164'800, "2024-02-29T00:00:00Z", "2024-02-29"},
    {"leap_century", 951'782'400, "2000-02-29T00:00:00Z", "2000-02-29"},
    {"after_february_1900", -2'203'891'200, "1900-03-01T00:00:00Z", "1900-03-01"},
    {"last_of_31_bits", 2'147'483'647, "2038-01-19T03:14:07Z", "2038-01-19"},
    {"two_to_the_31", 2'147'483'648, "2038-01-19T03:14:08Z", "2038-01-19"},
    {"two_to_the_32", 4'294'967'296, "2106-02-07T06:28:16Z", "2106-02-07"},
    {"nanoseconds_end", 9'223'372'036, "2262-04-11T23:47:16Z", "2262-04-11"},
    {"last_of_9999", 253'402'300'799, "9999-12-31T23:59:59Z", "9999-12-31"},
    {"year_10000", 253'402'300'800, "253402300800", "253402300800"},
    {"first_of_year_0", -62'167'219'200, "0000-01-01T00:00:00Z", "0000-01-01"},
    {"before_year_0", -62'167'219'201, "-62167219201", "-62167219201"},
    {"zero_time_of_go", -62'135'596'800, "0001-01-01T00:00:00Z", "0001-01-01"},
    {"greatest", greatest, "9223372036854775807", "9223372036854775807"},
    {"least", least, "-9223372036854775808", "-9223372036854775808"},
};

class TimeText : public testing::TestWithParam<TextCase> {};

TEST_P(TimeText, R10_FallsBackToTheNumber) {
  EXPECT_EQ(to_rfc3339({GetParam().seconds}), GetParam().want);
  EXPECT_EQ(to_date({GetParam().seconds}), GetParam().want_date);
}

TEST_P(TimeText, IsReadBack) {
  EXPECT_EQ(parse_time(to_rfc3339({GetParam().seconds})), UnixTime{GetParam().seconds});
}

INSTANTIATE_TEST_SUITE_P(Table, TimeText, testing::ValuesIn(text_cases),
                         [](const auto& row) { return row.param.name; });

struct ParseCase {
  std::string name;
  std::string text;
  std::optional<std::int64_t> want;
  friend void PrintTo(const ParseCase& row, std::ostream* out) { *out << row.name; }
};

const ParseCase parse_cases[] = {
    {"seconds", "1798761600", 1'798'761'600},
    {"negative", "-5", -5},
    {"leading_zeros", "0007", 7},
    {"greatest", "9223372036854775807", greatest},
    {"least", "-9223372036854775808", least},
    {"one_more_than_greatest", "9223372036854775808", {}},
    {"date", "2027-01-01", 1'798'761'600},
    {"zulu", "2027-01-01T00:00:00Z", 1'798'761'600},
    {"small_letters", "2027-01-01t00:00:00z", 1'798'761'600},
    {"east", "2027-01-01T02:00:00+02:00", 1'798'761'600},
    {"west", "2026-12-31T18:30:00-05:30", 1'798'761'600},
    {"unknown_local_offset", "2027-01-01T00:00:00-00:00", 1'798'761'600},
    {"fraction_is_dropped", "2027-01-01T00:00:00.999Z", 1'798'761'600},
    {"long_fraction", "2027-01-01T00:00:00." + std::string(100, '9') + "Z", 1'798'761'600},
    {"before_epoch", "1969-12-31T23:59:59Z", -1},
    {"leap_day", "2024-02-29", 1'709'164'800},
    {"leap_century", "2000-02-29", 951'782'400},
    {"no_leap_day", "2025-02-29", {}},
    {"no_leap_century", "1900-02-29", {}},
    {"month_13", "2027-13-01", {}},
    {"month_0", "2027-00-01", {}},
    {"day_0", "2027-01-00", {}},
    {"day_31_of_april", "2027-04-31", {}},
    {"hour_24", "2027-01-01T24:00:00Z", {}},
    {"minute_60", "2027-01-01T00:60:00Z", {}},
    {"leap_second", "2016-12-31T23:59:60Z", {}},
    {"offset_hour_24", "2027-01-01T00:00:00+24:00", {}},
    {"offset_minute_60", "2027-01-01T00:00:00+00:60", {}},
    {"no_offset", "2027-01-01T00:00:00", {}},
    {"short_offset", "2027-01-01T00:00:00+02", {}},
    {"no_seconds", "2027-01-01T00:00Z", {}},
    {"no_fraction_digits", "2027-01-01T00:00:00.Z", {}},
    {"blank_for_t", "2027-01-01 00:00:00Z", {}},
    {"blank_before", " 2027-01-01", {}},
    {"blank_behind", "2027-01-01 ", {}},
    {"text_behind", "2027-01-01T00:00:00Zx", {}},
    {"year_of_five_digits", "12027-01-01", {}},
    {"one_digit_month", "2027-1-01", {}},
    {"basic_form", "20270101T000000Z", {}},
    {"plus", "+5", {}},
    {"hexadecimal", "0x10", {}},
    {"exponent", "1e9", {}},
    {"fraction", "1.5", {}},
    {"digits_of_another_script", "\u0661\u0662", {}},
    {"empty", "", {}},
    {"minus_alone", "-", {}},
    {"nul_behind", std::string("5\0", 2), {}},
    {"many_digits", std::string(5000, '9'), {}},
};

class ParseTime : public testing::TestWithParam<ParseCase> {};

TEST_P(ParseTime, ReadsOrRefuses) {
  const auto time = parse_time(GetParam().text);
  EXPECT_EQ(time ? std::optional(time->seconds) : std::nullopt, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, ParseTime, testing::ValuesIn(parse_cases),
                         [](const auto& row) { return row.param.name; });

TEST(UnixTime, EveryDayOfFourHundredYearsIsReadBack) {
  for (std::int64_t day = 0; day < 146'097; ++day) {
    const UnixTime time{-11'676'096'000 + day * 86'400};  // from 1600-01-01 on
    ASSERT_EQ(parse_time(to_date(time)), time);
  }
}

TEST(UnixTime, AddingStopsAtTheEnds) {
  using std::chrono::seconds;
  EXPECT_EQ(add({5}, seconds{7}), UnixTime{12});
  EXPECT_EQ(add({5}, seconds{-7}), UnixTime{-2});
  EXPECT_EQ(add({greatest}, seconds{0}), UnixTime{greatest});
  EXPECT_EQ(add({greatest}, seconds{1}), UnixTime{greatest});
  EXPECT_EQ(add({greatest - 1}, seconds{1}), UnixTime{greatest});
  EXPECT_EQ(add({least}, seconds{-1}), UnixTime{least});
  EXPECT_EQ(add({greatest}, seconds::max()), UnixTime{greatest});
  EXPECT_EQ(add({least}, seconds::min()), UnixTime{least});
  EXPECT_EQ(add({least}, seconds::max()), UnixTime{-1});
}

TEST(UnixTime, R10_ComparesAs64BitSeconds) {
  EXPECT_LT(UnixTime{2'147'483'647}, UnixTime{2'147'483'648});
  EXPECT_LT(UnixTime{4'294'967'295}, UnixTime{4'294'967'296});
  EXPECT_LT(UnixTime{least}, UnixTime{greatest});
}

}  // namespace
}  // namespace persist
