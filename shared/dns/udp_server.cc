#include "dns/udp_server.h"

#include <algorithm>

namespace persist::dns {
namespace {

/// Guessing an answer needs port and id: several ports, and none for long.
constexpr std::size_t least_ports = 4;
constexpr std::size_t shared_from =
    32;  ///< queries in one of the first ports before another is opened
constexpr std::size_t queries_per_port = 16384;
constexpr std::chrono::milliseconds shortest_wait{10};
constexpr std::chrono::milliseconds shortest_resend{100};
constexpr std::chrono::milliseconds shortest_resend_to_recursive{1000};

bool is_worn(const std::unique_ptr<UdpPort>& port) {
  return port->sent() >= queries_per_port;
}

}  // namespace

UdpPort* UdpServer::port_with_room(FailedCall& failed) {
  // A batch goes out over one port, the next one over another.
  std::size_t usable = 0;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const std::size_t place = (current_port + i) % ports.size();
    UdpPort& port = *ports[place];
    if (is_worn(ports[place])) continue;
    ++usable;
    const bool wants_another = port.awaited() >= shared_from && ports.size() < least_ports;
    if (port.awaited() >= port.capacity() || (wants_another && ports.size() < most_ports)) continue;
    current_port = place;
    return &port;
  }
  if (usable < most_ports) {
    if (auto port = UdpPort::open(address, failed)) {
      ports.push_back(std::move(port));
      current_port = ports.size() - 1;
      return ports.back().get();
    }
    // With the ports that there are it goes on, if more slowly.
    if (failed.lacks_descriptors() && usable > 0) {
      most_ports = usable;
      failed = {};
    }
  }
  return nullptr;
}

UdpServer::Clock::duration UdpServer::resend_after() const {
  const auto patience = std::chrono::duration_cast<Clock::duration>(round_trip.patience());
  if (is_recursive) return std::max<Clock::duration>(patience, shortest_resend_to_recursive);
  return std::max<Clock::duration>(patience, shortest_resend);
}

UdpServer::Clock::duration UdpServer::expected_after() const {
  if (!round_trip.is_known()) return shortest_resend_to_recursive;
  const auto patience = std::chrono::duration_cast<Clock::duration>(round_trip.patience());
  return std::max<Clock::duration>(patience, shortest_wait);
}

void UdpServer::drop_worn_ports() {
  const auto gone =
      std::erase_if(ports, [](const auto& port) { return is_worn(port) && port->awaited() == 0; });
  if (gone > 0) current_port = 0;
}

}  // namespace persist::dns
