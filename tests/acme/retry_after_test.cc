#include "acme/retry_after.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace persist::acme {
namespace {

using std::chrono::seconds;

constexpr UnixTime now{1'800'000'000};  // 2027-01-15T08:00:00Z
constexpr seconds longest{100LL * 365 * 86'400};

struct Case {
  std::string name;
  std::string value;
  std::optional<seconds> want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"seconds", "120", seconds(120)},
    {"zero", "0", seconds(1)},
    {"leading_zeros", "007", seconds(7)},
    {"far", "1000000000000000000", longest},
    {"out_of_range", "99999999999999999999999", longest},
    {"negative", "-1", {}},
    {"plus", "+1", {}},
    {"fraction", "1.5", {}},
    {"blank", " 1", {}},
    {"empty", "", {}},
    {"garbage", "soon", {}},
    {"date", "Fri, 15 Jan 2027 08:01:00 GMT", seconds(60)},
    {"december", "Fri, 31 Dec 2027 08:00:00 GMT", seconds(350LL * 86'400)},
    {"past", "Sun, 06 Nov 1994 08:49:37 GMT", seconds(1)},
    {"no_such_day", "Fri, 31 Feb 2027 08:01:00 GMT", {}},
    {"no_such_month", "Fri, 15 Foo 2027 08:01:00 GMT", {}},
    {"other_zone", "Fri, 15 Jan 2027 08:01:00 CET", {}},
    {"other_separators", "Fri, 15-Jan-2027 08:01:00 GMT", {}},
    {"rfc_850", "Friday, 15-Jan-27 08:01:00 GMT", {}},
    {"asctime", "Fri Jan 15 08:01:00 2027", {}},
    {"letters_for_digits", "Fri, xx Jan 2027 08:01:00 GMT", {}},
};

class RetryAfter : public ::testing::TestWithParam<Case> {};

TEST_P(RetryAfter, A07_IsReadOrPassedOver) {
  EXPECT_EQ(parse_retry_after(GetParam().value, now), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, RetryAfter, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::acme
