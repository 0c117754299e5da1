#pragma once

#include <algorithm>
#include <chrono>

namespace persist::dns {

/// How long a server takes to answer. Source: RFC 6298 section 2.
class RoundTrip {
 public:
  using Duration = std::chrono::microseconds;

  /// Not of a query that was sent twice: which of the two was answered is not known.
  void on_sample(Duration time) {
    if (!is_known_) {
      smoothed_ = time;
      variation_ = time / 2;
      is_known_ = true;
      return;
    }
    variation_ = (3 * variation_ + std::chrono::abs(smoothed_ - time)) / 4;
    smoothed_ = (7 * smoothed_ + time) / 8;
  }

  bool is_known() const { return is_known_; }
  Duration smoothed() const { return smoothed_; }
  /// After so long an answer is not to be expected any more, bounds and back-off apart.
  Duration patience() const { return smoothed_ + 4 * variation_; }

 private:
  bool is_known_ = false;
  Duration smoothed_{};
  Duration variation_{};
};

}  // namespace persist::dns
