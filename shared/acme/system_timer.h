#pragma once

#include "acme/timer.h"

namespace persist::acme {

/// The time of this machine: that of the start of the run, moved on by the steady clock, so that
/// setting the clock meanwhile changes nothing.
class SystemTimer final : public Timer {
 public:
  explicit SystemTimer(UnixTime start) : start_(start) {}
  std::chrono::steady_clock::time_point now() override;
  UnixTime wall_clock() override;
  void sleep_for(std::chrono::milliseconds duration) override;

 private:
  UnixTime start_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace persist::acme
