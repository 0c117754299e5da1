#include "dns/send_window.h"

#include <algorithm>

namespace persist::dns {
namespace {

constexpr std::chrono::milliseconds shortest_epoch{10};
constexpr double worthwhile_growth = 1.15;  ///< of the rate, for twice the window
constexpr double worthwhile_probe = 1.05;   ///< for a quarter more
constexpr double same_rate = 0.95;
constexpr double much_loss = 0.05;
constexpr int epochs_between_probes = 10;
constexpr std::size_t smallest = 16;

}  // namespace

void SendWindow::set_most(std::size_t most) {
  most_ = most;
  size_ = std::min(size_, most_);
}

void SendWindow::on_time(Clock::time_point now, std::chrono::microseconds round_trip) {
  if (epoch_began_ == Clock::time_point{}) epoch_began_ = now;
  const auto lasted = now - epoch_began_;
  if (lasted < std::max<Clock::duration>(shortest_epoch, 2 * round_trip)) return;
  if (answers_ > 0 && !was_idle_) {
    const double rate =
        static_cast<double>(answers_) / std::chrono::duration<double>(lasted).count();
    end_epoch(rate, static_cast<double>(losses_) / static_cast<double>(answers_ + losses_));
  }
  epoch_began_ = now;
  answers_ = losses_ = 0;
  was_idle_ = false;
}

void SendWindow::end_epoch(double rate, double loss) {
  switch (phase_) {
    case Phase::grow:
      if (rate < good_rate_ * worthwhile_growth) return settle(good_size_, good_rate_);
      good_size_ = size_;
      good_rate_ = rate;
      if (size_ == most_) return settle(size_, rate);
      size_ = std::min(2 * size_, most_);
      return;
    case Phase::steady:
      // A slow change of the server's own rate is followed.
      good_rate_ = (3 * good_rate_ + rate) / 4;
      if (loss > much_loss && size_ > smallest) return try_size(Phase::less, size_ / 2);
      if (++steady_epochs_ >= epochs_between_probes && size_ < most_) {
        return try_size(Phase::more, size_ + size_ / 4);
      }
      return;
    case Phase::more:
      if (rate >= good_rate_ * worthwhile_probe) return settle(size_, rate);
      return settle(good_size_, good_rate_);
    case Phase::less:
      if (rate >= good_rate_ * same_rate) return settle(size_, rate);
      return settle(good_size_, good_rate_);
  }
}

void SendWindow::try_size(Phase phase, std::size_t size) {
  good_size_ = size_;
  size_ = std::clamp(size, smallest, most_);
  phase_ = phase;
}

void SendWindow::settle(std::size_t size, double rate) {
  size_ = good_size_ = std::min(size, most_);
  good_rate_ = rate;
  steady_epochs_ = 0;
  phase_ = Phase::steady;
}

}  // namespace persist::dns
