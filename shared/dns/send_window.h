#pragma once

#include <chrono>
#include <cstddef>

namespace persist::dns {

/// How many questions are worth having under way, found by what comes back: the window doubles
/// while the rate of answers grows with it, then tries a little more now and then, and shrinks when
/// queries get lost and fewer of them bring as many answers. Neither the delay nor loss alone say
/// anything: the one differs between cached and uncached names, the other may be the path's own.
class SendWindow {
 public:
  using Clock = std::chrono::steady_clock;

  /// `most`: what the receive buffers hold.
  SendWindow(std::size_t start, std::size_t most) : size_(start), most_(most) {}

  std::size_t size() const { return size_; }
  void set_most(std::size_t most);

  void on_answer() { ++answers_; }
  /// An answer has not come when it should have.
  void on_loss() { ++losses_; }
  /// It has come since.
  void on_late_answer() { losses_ -= losses_ > 0 ? 1 : 0; }
  /// The window was not used up: an epoch without enough questions tells nothing.
  void on_idle() { was_idle_ = true; }
  /// To be called often; ends the epoch if it has lasted `round_trip` twice.
  void on_time(Clock::time_point now, std::chrono::microseconds round_trip);

 private:
  enum class Phase {
    grow,    ///< doubles from epoch to epoch
    steady,  ///< until the next probe
    more,    ///< this epoch tries a larger window
    less,    ///< this epoch tries a smaller one
  };

  void end_epoch(double rate, double loss);
  void probe(double loss);
  void try_size(Phase phase, std::size_t size);
  void settle(std::size_t size, double rate);

  std::size_t size_;
  std::size_t most_;
  Phase phase_ = Phase::grow;
  std::size_t good_size_ = 0;  ///< of the best epoch so far
  double good_rate_ = 0;       ///< answers a second then
  int steady_epochs_ = 0;
  bool is_changing_ = false;  ///< the answers of this epoch are still to queries of before
  bool less_was_worse_ = false;
  std::size_t answers_ = 0;
  std::size_t losses_ = 0;
  bool was_idle_ = false;
  Clock::time_point epoch_began_{};
};

}  // namespace persist::dns
