#include "dns/rate_limit.h"

#include <gtest/gtest.h>

namespace persist::dns {
namespace {

using std::chrono::milliseconds;

/// How many go out within `time`, tried every millisecond.
int sent_within(milliseconds time, double per_second) {
  RateLimit limit(per_second);
  int sent = 0;
  const RateLimit::Clock::time_point start{std::chrono::hours{1}};
  for (auto now = start; now < start + time; now += milliseconds{1}) {
    for (; limit.available(now) >= 1 && sent < 1'000'000; ++sent) limit.take();
  }
  return sent;
}

TEST(RateLimit, KeepsToTheRateBesideTheStoreOfATenthOfASecond) {
  EXPECT_NEAR(sent_within(milliseconds{10'000}, 1000), 10'100, 2);
  EXPECT_NEAR(sent_within(milliseconds{10'000}, 3), 31, 1);
  EXPECT_NEAR(sent_within(milliseconds{1}, 1000), 100, 1);
}

TEST(RateLimit, ZeroIsNoLimit) {
  EXPECT_EQ(sent_within(milliseconds{1}, 0), 1'000'000);
}

}  // namespace
}  // namespace persist::dns
