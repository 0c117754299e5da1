#include "acme/system_timer.h"

#include <gtest/gtest.h>

namespace persist::acme {
namespace {

constexpr UnixTime start{1'800'000'000};

TEST(SystemTimer, BeginsAtTheTimeThatItIsGiven) {
  SystemTimer timer(start);
  EXPECT_LE(timer.wall_clock(), add(start, std::chrono::seconds(60)));
  EXPECT_GE(timer.wall_clock(), start);
}

TEST(SystemTimer, RunsWithTheSteadyClock) {
  SystemTimer timer(start);
  const auto before = std::chrono::steady_clock::now();
  const auto now = timer.now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::steady_clock::now());
}

TEST(SystemTimer, SleepsForNoTimeAtOnce) {
  SystemTimer timer(start);
  timer.sleep_for(std::chrono::seconds(0));
  timer.sleep_for(std::chrono::seconds(-5));
  EXPECT_LE(timer.wall_clock(), add(start, std::chrono::seconds(60)));
}

}  // namespace
}  // namespace persist::acme
