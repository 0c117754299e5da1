#include <gtest/gtest.h>

#include <string>

#include "base/unix_time.h"

namespace persist {
namespace {

using std::chrono::seconds;

struct Case {
  std::string name;
  std::string text;
  std::optional<std::int64_t> want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"seconds", "90s", 90},
    {"minutes", "15m", 900},
    {"hours", "12h", 43'200},
    {"days", "30d", 2'592'000},
    {"weeks", "8w", 4'838'400},
    {"bare", "45", {}},
    {"bare_zero", "0", {}},
    {"zero_days", "0d", 0},
    {"hundred_years", "36525d", 3'155'760'000},
    {"over_hundred_years", "36526d", {}},
    {"hundred_years_in_seconds", "3155760000s", 3'155'760'000},
    {"one_second_over", "3155760001s", {}},
    {"no_overflow", "9223372036854775807w", {}},
    {"too_many_digits", "99999999999999999999", {}},
    {"negative", "-5s", {}},
    {"plus", "+5s", {}},
    {"two_units", "1h30m", {}},
    {"unit_alone", "d", {}},
    {"empty", "", {}},
    {"capital", "5D", {}},
    {"blank_between", "5 d", {}},
    {"blank_behind", "5d ", {}},
    {"unit_twice", "5dd", {}},
    {"fraction", "1.5h", {}},
    {"unknown_unit", "5y", {}},
    {"milliseconds", "5ms", {}},
};

class Duration : public testing::TestWithParam<Case> {};

TEST_P(Duration, ReadsOrRefuses) {
  const auto duration = parse_duration(GetParam().text);
  EXPECT_EQ(duration ? std::optional(duration->count()) : std::nullopt, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Duration, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Duration, IsPrintedInTheLargestEvenUnit) {
  EXPECT_EQ(to_text(seconds{0}), "0s");
  EXPECT_EQ(to_text(seconds{45}), "45s");
  EXPECT_EQ(to_text(seconds{90 * 60}), "90m");
  EXPECT_EQ(to_text(seconds{3600}), "1h");
  EXPECT_EQ(to_text(seconds{86'399}), "86399s");
  EXPECT_EQ(to_text(seconds{86'400}), "1d");
  EXPECT_EQ(to_text(seconds{7 * 86'400}), "7d");
  EXPECT_EQ(to_text(seconds{-90}), "-90s");
}

TEST(Duration, IsReadBack) {
  for (std::int64_t count = 0; count < 200'000; count += 37) {
    ASSERT_EQ(parse_duration(to_text(seconds{count})), seconds{count});
  }
}

}  // namespace
}  // namespace persist
