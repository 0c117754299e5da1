#include "acme/system_timer.h"

#include <thread>

namespace persist::acme {

std::chrono::steady_clock::time_point SystemTimer::now() {
  return std::chrono::steady_clock::now();
}

UnixTime SystemTimer::wall_clock() {
  return add(start_, std::chrono::floor<std::chrono::seconds>(now() - started_));
}

void SystemTimer::sleep_for(std::chrono::milliseconds duration) {
  std::this_thread::sleep_for(duration);
}

}  // namespace persist::acme
