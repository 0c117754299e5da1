#pragma once

#include <algorithm>
#include <chrono>

namespace persist::dns {

/// At most so many queries a second to one server, evenly, with a tenth of a second in store.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  /// `per_second` 0: without limit.
  explicit RateLimit(double per_second) : per_second_(per_second) {}

  /// How many may go out now.
  double available(Clock::time_point now) {
    if (per_second_ <= 0) return 1e9;
    const std::chrono::duration<double> passed = now - refilled_at_;
    refilled_at_ = now;
    available_ =
        std::min(available_ + passed.count() * per_second_, std::max(1.0, per_second_ / 10));
    return available_;
  }
  void take() { available_ -= 1; }

 private:
  double per_second_;
  double available_ = 0;
  Clock::time_point refilled_at_{};  // long ago: the store is full at first
};

}  // namespace persist::dns
