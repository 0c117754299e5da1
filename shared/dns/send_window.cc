#include "dns/send_window.h"

#include <algorithm>

namespace persist::dns {
namespace {

constexpr std::chrono::milliseconds shortest_epoch{10};
constexpr std::chrono::seconds longest_epoch{1};
constexpr std::size_t enough_answers = 200;  ///< for a rate that is more than chance
constexpr double worthwhile_growth = 1.15;   ///< of the rate, for twice the window
constexpr double worthwhile_probe = 1.05;    ///< for a quarter more
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
  if (answers_ < enough_answers && lasted < longest_epoch) return;
  if (is_changing_) {
    is_changing_ = false;
  } else if (answers_ > 0 && !was_idle_) {
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
      if (++steady_epochs_ >= epochs_between_probes) probe(loss);
      return;
    case Phase::more:
      less_was_worse_ = false;
      if (rate >= good_rate_ * worthwhile_probe) return settle(size_, rate);
      return settle(good_size_, good_rate_);
    case Phase::less:
      less_was_worse_ = rate < good_rate_ * same_rate;
      if (!less_was_worse_) return settle(size_, rate);
      return settle(good_size_, good_rate_);
  }
}

void SendWindow::probe(double loss) {
  if (loss > much_loss && size_ > smallest && !less_was_worse_) {
    return try_size(Phase::less, size_ / 2);
  }
  if (size_ < most_) return try_size(Phase::more, size_ + size_ / 4);
  less_was_worse_ = false;
}

void SendWindow::try_size(Phase phase, std::size_t size) {
  good_size_ = size_;
  size_ = std::clamp(size, smallest, most_);
  is_changing_ = true;
  phase_ = phase;
}

void SendWindow::settle(std::size_t size, double rate) {
  size_ = good_size_ = std::min(size, most_);
  good_rate_ = rate;
  steady_epochs_ = 0;
  is_changing_ = true;
  phase_ = Phase::steady;
}

}  // namespace persist::dns
