#pragma once

#include <chrono>

#include "base/unix_time.h"

namespace persist::acme {

/// Time as a conversation with a server needs it; a test has its own.
class Timer {
 public:
  Timer() = default;
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  virtual ~Timer() = default;
  virtual std::chrono::steady_clock::time_point now() = 0;
  virtual UnixTime wall_clock() = 0;
  virtual void sleep_for(std::chrono::milliseconds duration) = 0;
};

}  // namespace persist::acme
