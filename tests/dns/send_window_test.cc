#include "dns/send_window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace persist::dns {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// A path of so much delay to a server that answers so many a second at most; beyond `room` queries
/// in its queue it drops some.
struct Path {
  microseconds delay;
  double most_per_second;
  double room = 1e9;
  double own_loss = 0;  ///< share that the path loses whatever the window
};

/// Lets the window run over the path for so long, by the laws of queues and without any noise.
std::size_t size_after(SendWindow& window, const Path& path, milliseconds time) {
  constexpr microseconds step{1000};
  SendWindow::Clock::time_point now{std::chrono::hours{1}};
  const auto end = now + time;
  double answers = 0, losses = 0;
  for (; now < end; now += step) {
    const double seconds = std::chrono::duration<double>(step).count();
    const double delay = std::chrono::duration<double>(path.delay).count();
    const double in_queue =
        std::max(0.0, static_cast<double>(window.size()) - path.most_per_second * delay);
    const double wait = delay + in_queue / path.most_per_second;
    const double sent = static_cast<double>(window.size()) / wait * seconds;
    const double dropped = std::max(0.0, 1 - path.room / std::max(in_queue, 1.0));
    const double lost = std::min(1.0, dropped + path.own_loss);
    answers += sent * (1 - lost);
    losses += sent * lost;
    for (; answers >= 1; --answers) window.on_answer();
    for (; losses >= 1; --losses) window.on_loss();
    window.on_time(now,
                   std::chrono::duration_cast<microseconds>(std::chrono::duration<double>(wait)));
  }
  return window.size();
}

TEST(SendWindow, GrowsToWhatALongPathHolds) {
  SendWindow window(128, 60'000);
  // 400 000 a second with 20 ms of delay: 8 000 under way.
  const auto size = size_after(window, {milliseconds{20}, 400'000}, milliseconds{1500});
  EXPECT_GE(size, 7'000U);
  EXPECT_LE(size, 17'000U);
}

TEST(SendWindow, StaysSmallWhereMoreBringsNothing) {
  SendWindow window(128, 60'000);
  EXPECT_LE(size_after(window, {microseconds{100}, 300'000}, milliseconds{1000}), 300U);
}

TEST(SendWindow, NeverPassesWhatTheBuffersHold) {
  SendWindow window(128, 60'000);
  window.set_most(1000);
  EXPECT_EQ(size_after(window, {milliseconds{50}, 1e6}, milliseconds{2000}), 1000U);
  window.set_most(100);
  EXPECT_EQ(window.size(), 100U);
}

TEST(SendWindow, IsNotFooledByLossOfThePath) {
  SendWindow window(128, 60'000);
  const auto size = size_after(window, {milliseconds{20}, 400'000, 1e9, 0.15}, milliseconds{3000});
  EXPECT_GE(size, 3'000U);
}

TEST(SendWindow, ShrinksWhereTheServerDropsWhatItCannotQueue) {
  SendWindow window(8192, 60'000);
  EXPECT_LE(size_after(window, {milliseconds{1}, 300'000, 300}, milliseconds{3000}), 1500U);
}

TEST(SendWindow, LearnsNothingFromAnEpochWithoutEnoughQuestions) {
  SendWindow window(128, 60'000);
  SendWindow::Clock::time_point now{std::chrono::hours{1}};
  for (int i = 0; i < 100; ++i, now += milliseconds{20}) {
    window.on_answer();
    window.on_idle();
    window.on_time(now, milliseconds{1});
  }
  EXPECT_EQ(window.size(), 128U);
}

}  // namespace
}  // namespace persist::dns
