#include "dns/round_trip.h"

#include <gtest/gtest.h>

namespace persist::dns {
namespace {

using std::chrono::microseconds;

/// The arithmetic of RFC 6298 section 2, by hand.
TEST(RoundTrip, FollowsTheSamples) {
  RoundTrip time;
  EXPECT_FALSE(time.is_known());
  time.on_sample(microseconds{800});
  EXPECT_TRUE(time.is_known());
  EXPECT_EQ(time.smoothed(), microseconds{800});
  EXPECT_EQ(time.patience(), microseconds{800 + 4 * 400});
  time.on_sample(microseconds{1600});
  EXPECT_EQ(time.smoothed(), microseconds{900});
  EXPECT_EQ(time.patience(), microseconds{900 + 4 * 500});
}

TEST(RoundTrip, BecomesImpatientWhereAnswersComeEvenly) {
  RoundTrip time;
  for (int i = 0; i < 100; ++i) time.on_sample(microseconds{20'000});
  EXPECT_EQ(time.smoothed(), microseconds{20'000});
  EXPECT_LT(time.patience(), microseconds{20'100});
}

}  // namespace
}  // namespace persist::dns
