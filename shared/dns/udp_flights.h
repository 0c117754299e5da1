#pragma once

#include <vector>

#include "dns/udp_server.h"

namespace persist::dns {

/// The queries under way over UDP, by slot: where each went, when, and whether its answer is still
/// to be expected soon.
class UdpFlights {
 public:
  using Clock = UdpServer::Clock;
  using SlotNumber = UdpServer::SlotNumber;

  struct Flight {
    UdpServer* server = nullptr;  ///< null: none is under way
    UdpPort* port = nullptr;
    std::uint16_t id = 0;
    int resends = 0;
    Clock::time_point began_at{};
    Clock::time_point sent_at{};  ///< last
  };

  const Flight& operator[](SlotNumber number) const { return flights_[number]; }
  std::size_t count() const { return count_; }
  /// Of these, those whose answer is still to be expected soon.
  std::size_t fresh() const { return fresh_; }
  bool is_under_way(SlotNumber number, std::uint16_t id) const;
  std::vector<SlotNumber> over(const UdpPort& port) const;

  /// A query of this slot goes out.
  void launch(SlotNumber number, const Flight& flight);
  /// It goes out once more; `is_last`: and not again.
  void launch_again(SlotNumber number, Clock::time_point now, bool is_last);
  /// It is not under way any more.
  void land(SlotNumber number);
  /// Counts those to a server that have become late as such; how many they are.
  std::size_t mark_late(UdpServer& server, Clock::time_point now);
  /// When a query to the server becomes late, is to be sent again, or its try is over.
  Clock::time_point next_due(const UdpServer& server, Clock::duration try_timeout) const;

 private:
  void expect(SlotNumber number);
  void expect_no_more(SlotNumber number);

  std::vector<Flight> flights_{};
  std::size_t count_ = 0;
  std::size_t fresh_ = 0;
};

}  // namespace persist::dns
