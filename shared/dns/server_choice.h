#pragma once

#include <cstddef>

namespace persist::dns {

/// At which of the servers new questions begin: the first one, until it has been silent for several
/// in a row; then the next. So that a dead first resolver costs a time-out a few times and not
/// every time.
class ServerChoice {
 public:
  explicit ServerChoice(std::size_t servers) : servers_(servers) {}

  std::size_t first() const { return first_; }
  /// That server gave a message, whatever it says.
  void on_message(std::size_t server) {
    if (server == first_) silences_ = 0;
  }
  /// That server was silent, or its port is closed.
  void on_silence(std::size_t server) {
    constexpr int most_silences = 5;
    if (server != first_ || ++silences_ < most_silences) return;
    first_ = (first_ + 1) % servers_;
    silences_ = 0;
  }

 private:
  std::size_t servers_;
  std::size_t first_ = 0;
  int silences_ = 0;
};

}  // namespace persist::dns
