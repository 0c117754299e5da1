#include "dns/udp_flights.h"

#include <algorithm>

namespace persist::dns {

bool UdpFlights::is_under_way(SlotNumber number, std::uint16_t id) const {
  return flights_[number].server != nullptr && flights_[number].id == id;
}

std::vector<UdpFlights::SlotNumber> UdpFlights::over(const UdpPort& port) const {
  std::vector<SlotNumber> numbers;
  for (SlotNumber number = 0; number < flights_.size(); ++number) {
    if (flights_[number].port == &port) numbers.push_back(number);
  }
  return numbers;
}

void UdpFlights::launch(SlotNumber number, const Flight& flight) {
  if (flights_.size() <= number) flights_.resize(number + 1);
  flights_[number] = flight;
  ++count_;
  flight.server->tries.push_back(number);
  flight.server->resends.push_back(number);
  expect(number);
}

void UdpFlights::launch_again(SlotNumber number, Clock::time_point now, bool is_last) {
  Flight& flight = flights_[number];
  flight.sent_at = now;
  ++flight.resends;
  flight.server->resends.erase(number);
  if (!is_last) flight.server->resends.push_back(number);
  expect_no_more(number);
  expect(number);
}

void UdpFlights::land(SlotNumber number) {
  Flight& flight = flights_[number];
  expect_no_more(number);
  flight.port->forget(flight.id);
  flight.server->tries.erase(number);
  flight.server->resends.erase(number);
  flight = {};
  --count_;
}

std::size_t UdpFlights::mark_late(UdpServer& server, Clock::time_point now) {
  const auto expected_after = server.expected_after();
  std::size_t late = 0;
  for (; !server.fresh.is_empty(); ++late) {
    const SlotNumber number = server.fresh.front();
    if (now - flights_[number].sent_at < expected_after) break;
    expect_no_more(number);
  }
  return late;
}

UdpFlights::Clock::time_point UdpFlights::next_due(const UdpServer& server,
                                                   Clock::duration try_timeout) const {
  auto due = Clock::time_point::max();
  if (!server.tries.is_empty()) {
    due = std::min(due, flights_[server.tries.front()].began_at + try_timeout);
  }
  if (!server.fresh.is_empty()) {
    due = std::min(due, flights_[server.fresh.front()].sent_at + server.expected_after());
  }
  if (!server.resends.is_empty()) {
    due = std::min(due, flights_[server.resends.front()].sent_at + server.resend_after());
  }
  return due;
}

void UdpFlights::expect(SlotNumber number) {
  flights_[number].server->fresh.push_back(number);
  ++fresh_;
}

void UdpFlights::expect_no_more(SlotNumber number) {
  SlotQueue& fresh = flights_[number].server->fresh;
  if (!fresh.contains(number)) return;
  fresh.erase(number);
  --fresh_;
}

}  // namespace persist::dns
