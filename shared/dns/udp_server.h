#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "dns/rate_limit.h"
#include "dns/round_trip.h"
#include "dns/slot_queue.h"
#include "dns/udp_port.h"

namespace persist::dns {

/// One name server as BatchResolver asks it over UDP: its ports, how fast it answers, and what
/// waits for it.
struct UdpServer {
  using Clock = std::chrono::steady_clock;
  using SlotNumber = UdpPort::SlotNumber;

  UdpServer(const ServerAddress& its_address, double max_qps)
      : address(its_address), limit(its_address.is_loopback() ? 0 : max_qps) {}

  /// A port with room for a query; null if there is none for now, or if one could not be opened:
  /// then `failed` says why.
  UdpPort* port_with_room(FailedCall& failed);
  /// After so long without an answer a query is sent again under the same id. A recursive resolver
  /// asks again itself, and one that is asked too often answers less; another kind of server is as
  /// far away as it shows.
  Clock::duration resend_after() const;
  /// After so long an answer is late, if not lost: it is still awaited, but others may go out.
  Clock::duration expected_after() const;
  /// Closes ports that have been used long enough, once nothing is awaited there.
  void drop_worn_ports();

  ServerAddress address;
  std::vector<std::unique_ptr<UdpPort>> ports{};
  std::size_t most_ports = 16;
  std::size_t current_port = 0;
  RoundTrip round_trip{};
  RateLimit limit;
  bool is_recursive = true;          ///< until an answer of its own says that it is not
  SlotQueue fresh{};                 ///< under way, and an answer is still to be expected soon
  SlotQueue tries{};                 ///< under way, in the order in which their tries began
  SlotQueue resends{};               ///< under way, in the order in which they were sent last
  std::deque<SlotNumber> waiting{};  ///< have a query to send, and no room
};

}  // namespace persist::dns
