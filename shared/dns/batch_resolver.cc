#include "dns/batch_resolver.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <utility>

#include "dns/channel_set.h"
#include "dns/datagram_batch.h"
#include "dns/open_lookups.h"
#include "dns/send_window.h"
#include "dns/udp_flights.h"

namespace persist::dns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t first_window = 128;
constexpr std::size_t most_window = 60'000;  // a slot number has to fit in 16 bits
/// So many windows at most may be under way, late ones included: a server that pauses is not
/// flooded.
constexpr std::size_t most_late = 4;
constexpr int most_resends = 3;            ///< within one try
constexpr int most_batches_at_once = 16;   ///< from one port, before something else has its turn
constexpr milliseconds longest_wait{100};  // the stop flag is looked at that often

}  // namespace

/// One call of run().
class BatchResolver::Run {
 public:
  Run(const ResolverSettings& settings, Conversation& conversation, const Limits& limits);

  void run();

 private:
  using SlotNumber = OpenLookups::SlotNumber;

  void fill();
  bool may_open() const;
  void send_waiting();
  bool try_to_send(SlotNumber number);
  bool send_udp(SlotNumber number);
  void put_in_batch(SlotNumber number);
  void flush(UdpPort& port);
  void flush_all();
  void send_again(SlotNumber number);
  UdpServer& server_of(const Lookup& lookup);
  std::size_t window() const;

  void wait();
  int wait_time_ms();
  void receive(UdpServer& server, UdpPort& port);
  void take_message(UdpServer& server, UdpPort& port, Octets octets);
  void fail_port(UdpPort& port, const FailedCall& failed);
  void take_channel_events();
  void expire(UdpServer& server);
  void expire_all();
  void fail(SlotNumber number, const FailedCall& failed);
  void fail_unsent();
  void proceed(SlotNumber number, Lookup::Next next);
  void drop_idle();

  const ResolverSettings& settings_;
  const Limits& limits_;
  ServerChoice choice_{settings_.servers.size()};
  OpenLookups lookups_;
  std::vector<std::unique_ptr<UdpServer>> servers_{};  ///< the configured ones first, in order
  UdpFlights flights_{};
  std::deque<SlotNumber> waiting_for_tcp_{};
  std::vector<UdpPort::Unsent> unsent_{};                        ///< failed on the way out, flights
  std::vector<std::pair<SlotNumber, FailedCall>> unsendable_{};  ///< had no port or id
  ChannelSet channels_{settings_};
  DatagramBatch received_{};
  RandomIds ids_{};
  SendWindow window_{first_window, most_window};
  Clock::time_point now_ = Clock::now();
};

BatchResolver::Run::Run(const ResolverSettings& settings, Conversation& conversation,
                        const Limits& limits)
    : settings_(settings), limits_(limits), lookups_(conversation, settings, choice_) {
  for (const ServerAddress& address : settings.servers) {
    servers_.push_back(std::make_unique<UdpServer>(address, settings.max_qps));
  }
}

void BatchResolver::Run::run() {
  for (;;) {
    if (const char* const reason = reason_to_stop(limits_)) {
      channels_.cancel();
      return lookups_.stop(reason);
    }
    now_ = Clock::now();
    fill();
    flush_all();
    fail_unsent();
    if (lookups_.count() == 0) return;  // nothing under way, and fill() found nothing more
    wait();
    take_channel_events();
    expire_all();
    drop_idle();
    if (!servers_.empty()) {
      window_.on_time(now_, servers_[choice_.first()]->round_trip.smoothed());
    }
  }
}

// ---- sending

std::size_t BatchResolver::Run::window() const {
  return limits_.window == 0 ? window_.size() : std::min(limits_.window, most_window);
}

void BatchResolver::Run::fill() {
  send_waiting();
  while (may_open()) {
    const auto number = lookups_.open_next();
    if (!number) return window_.on_idle();
    try_to_send(*number);
  }
}

/// What waits for TCP or for a server of its own does not hold up the rest.
bool BatchResolver::Run::may_open() const {
  if (!settings_.servers.empty() && !servers_[choice_.first()]->waiting.empty()) return false;
  const std::size_t open = lookups_.count() - waiting_for_tcp_.size();
  const std::size_t most_open = limits_.window == 0 ? most_late * window() : window();
  return flights_.fresh() < window() && open < most_open && lookups_.count() < most_window;
}

void BatchResolver::Run::send_waiting() {
  const auto send_all = [this](std::deque<SlotNumber>& waiting) {
    while (!waiting.empty()) {
      const SlotNumber number = waiting.front();
      waiting.pop_front();
      if (!try_to_send(number)) break;  // it has become the last; those behind it had no chance
    }
  };
  send_all(waiting_for_tcp_);
  for (const auto& server : servers_) send_all(server->waiting);
}

/// False if it has to wait for room.
bool BatchResolver::Run::try_to_send(SlotNumber number) {
  Lookup& lookup = lookups_[number];
  if (lookup.transport() == Transport::udp) return send_udp(number);
  CaresChannel* const channel = channels_.channel_for(lookup);
  if (channel == nullptr) {
    waiting_for_tcp_.push_back(number);
    return false;
  }
  lookups_.mark_sent(number, now_);
  channel->send(number, lookup, ids_);
  return true;
}

bool BatchResolver::Run::send_udp(SlotNumber number) {
  UdpServer& server = server_of(lookups_[number]);
  FailedCall failed;
  UdpPort* const port = server.limit.available(now_) < 1 ? nullptr : server.port_with_room(failed);
  if (port == nullptr) {
    const bool may_pass = failed.name == nullptr || (failed.lacks_descriptors() &&
                                                     flights_.count() + channels_.under_way() > 0);
    if (may_pass) {
      server.waiting.push_back(number);
      return false;
    }
    unsendable_.emplace_back(number, failed);
    return true;
  }
  const auto id = port->await(number, ids_);
  if (!id) {
    unsendable_.emplace_back(number, FailedCall{.name = "getrandom", .error_number = errno});
    return true;
  }
  lookups_.mark_sent(number, now_);
  flights_.launch(number, {.server = &server,
                           .port = port,
                           .id = *id,
                           .resends = 0,
                           .began_at = now_,
                           .sent_at = now_});
  window_.set_most(std::min(port->capacity() * server.most_ports, most_window));
  put_in_batch(number);
  return true;
}

void BatchResolver::Run::put_in_batch(SlotNumber number) {
  const UdpFlights::Flight& flight = flights_[number];
  UdpPort& port = *flight.port;
  flight.server->limit.take();
  const auto query = lookups_[number].query(flight.id, port.next_buffer());
  port.queue(number, flight.id, query.size());
  if (!port.is_full()) return;
  flush(port);
  ++flight.server->current_port;
}

void BatchResolver::Run::flush(UdpPort& port) {
  auto unsent = port.flush();
  unsent_.insert(unsent_.end(), unsent.begin(), unsent.end());
}

void BatchResolver::Run::flush_all() {
  for (const auto& server : servers_) {
    for (const auto& port : server->ports) flush(*port);
  }
}

void BatchResolver::Run::send_again(SlotNumber number) {
  flights_.launch_again(number, now_, flights_[number].resends + 1 == most_resends);
  put_in_batch(number);
}

UdpServer& BatchResolver::Run::server_of(const Lookup& lookup) {
  if (const auto index = lookup.server_index()) return *servers_[*index];
  const auto known = std::find_if(servers_.begin(), servers_.end(), [&](const auto& server) {
    return server->address == lookup.server();
  });
  if (known != servers_.end()) return **known;
  servers_.push_back(std::make_unique<UdpServer>(lookup.server(), settings_.max_qps));
  return *servers_.back();
}

// ---- receiving

int BatchResolver::Run::wait_time_ms() {
  if (!unsent_.empty() || !unsendable_.empty()) return 0;
  Clock::duration longest = std::min<Clock::duration>(longest_wait, limits_.deadline - now_);
  for (const auto& server : servers_) {
    longest = std::min(longest, flights_.next_due(*server, settings_.try_timeout) - now_);
    if (!server->waiting.empty()) longest = std::min<Clock::duration>(longest, milliseconds{1});
  }
  const auto rounded = std::chrono::ceil<milliseconds>(longest);
  const auto until_channels = channels_.wait_time(std::max(rounded, milliseconds{0}));
  return static_cast<int>(until_channels.count());
}

void BatchResolver::Run::wait() {
  std::vector<pollfd> entries;
  std::vector<std::pair<UdpServer*, UdpPort*>> ports;
  for (const auto& server : servers_) {
    for (const auto& port : server->ports) {
      if (port->awaited() == 0) continue;
      entries.push_back({.fd = port->descriptor(), .events = POLLIN, .revents = 0});
      ports.emplace_back(server.get(), port.get());
    }
  }
  channels_.add_poll_entries(entries);
  // An interrupted call is as good as one that timed out: the caller looks at the stop flag.
  if (poll(entries.data(), entries.size(), wait_time_ms()) < 0) {
    for (pollfd& entry : entries) entry.revents = 0;
  }
  now_ = Clock::now();
  for (std::size_t i = 0; i < ports.size(); ++i) {
    if (entries[i].revents != 0) receive(*ports[i].first, *ports[i].second);
  }
  channels_.process(std::span(entries).subspan(ports.size()));
}

void BatchResolver::Run::receive(UdpServer& server, UdpPort& port) {
  for (int batch = 0; batch < most_batches_at_once; ++batch) {
    const int count = received_.receive(port.descriptor());
    if (count < 0) {
      if (errno == EAGAIN || errno == EINTR) return;
      return fail_port(port, {.name = "recv", .error_number = errno});
    }
    for (int i = 0; i < count; ++i) {
      take_message(server, port, received_[static_cast<std::size_t>(i)]);
    }
    if (count < DatagramBatch::size) return;
  }
}

void BatchResolver::Run::take_message(UdpServer& server, UdpPort& port, Octets octets) {
  if (octets.size() < header_octets) return;
  const std::uint16_t id = u16_at(octets, 0);
  const auto number = port.slot_of(id);
  if (!number) return;
  Lookup& lookup = lookups_[*number];
  const auto index = lookup.server_index();
  const Lookup::Next next = lookup.on_message(id, octets);
  if (next == Lookup::Next::wait) return;  // not ours: the real answer may still come
  const UdpFlights::Flight& flight = flights_[*number];
  if (!server.fresh.contains(*number)) window_.on_late_answer();
  if (flight.resends == 0) {
    server.round_trip.on_sample(
        std::chrono::duration_cast<RoundTrip::Duration>(now_ - flight.began_at));
  }
  constexpr std::uint8_t recursion_available = 0x80;
  server.is_recursive = (octets[3] & recursion_available) != 0;
  if (index) choice_.on_message(*index);
  window_.on_answer();
  flights_.land(*number);
  proceed(*number, next);
}

/// Nobody listens at the other end, or the network does not go there.
void BatchResolver::Run::fail_port(UdpPort& port, const FailedCall& failed) {
  for (const SlotNumber number : flights_.over(port)) {
    flights_.land(number);
    fail(number, failed);
  }
}

void BatchResolver::Run::take_channel_events() {
  for (const ChannelEvent& event : channels_.take_events()) {
    const bool failed = event.kind == ChannelEvent::Kind::failure;
    if (failed && event.failed.lacks_descriptors() &&
        flights_.count() + channels_.under_way() > 0) {
      waiting_for_tcp_.push_back(event.slot);
      channels_.shrink();
      continue;
    }
    auto next = on_event(event, lookups_[event.slot], lookups_.waited(event.slot), choice_);
    // A message that answers nothing has ended its query all the same.
    if (next == Lookup::Next::wait) next = Lookup::Next::ask;
    proceed(event.slot, next);
  }
}

// ---- silence and failures

void BatchResolver::Run::expire_all() {
  // By index: a lookup that goes on can bring a server.
  for (std::size_t i = 0; i < servers_.size(); ++i) expire(*servers_[i]);
}

void BatchResolver::Run::expire(UdpServer& server) {
  for (auto late = flights_.mark_late(server, now_); late > 0; --late) window_.on_loss();
  while (!server.tries.is_empty()) {
    const SlotNumber number = server.tries.front();
    if (now_ - flights_[number].began_at < settings_.try_timeout) break;
    flights_.land(number);
    Lookup& lookup = lookups_[number];
    if (const auto index = lookup.server_index()) choice_.on_silence(*index);
    proceed(number, lookup.on_silence(lookups_.waited(number)));
  }
  const auto resend_after = server.resend_after();
  while (!server.resends.is_empty()) {
    const SlotNumber number = server.resends.front();
    if (now_ - flights_[number].sent_at < resend_after) break;
    send_again(number);
  }
}

void BatchResolver::Run::fail_unsent() {
  const auto unsendable = std::exchange(unsendable_, {});
  for (const auto& [number, failed] : unsendable) fail(number, failed);
  const auto unsent = std::exchange(unsent_, {});
  for (const UdpPort::Unsent& query : unsent) {
    // It may have been answered, or given up, since.
    if (!flights_.is_under_way(query.slot, query.id)) continue;
    if (query.failed.is_local()) {
      flights_.land(query.slot);
      fail(query.slot, query.failed);
    } else {
      fail_port(*flights_[query.slot].port, query.failed);
    }
  }
}

void BatchResolver::Run::fail(SlotNumber number, const FailedCall& failed) {
  Lookup& lookup = lookups_[number];
  if (failed.is_local()) return proceed(number, lookup.on_local_failure(failed.to_text()));
  if (const auto index = lookup.server_index()) choice_.on_silence(*index);
  proceed(number, lookup.on_failure(failed.to_text()));
}

void BatchResolver::Run::proceed(SlotNumber number, Lookup::Next next) {
  if (lookups_.advance(number, next)) try_to_send(number);
}

void BatchResolver::Run::drop_idle() {
  channels_.drop_idle();
  for (const auto& server : servers_) server->drop_worn_ports();
  const auto configured = static_cast<std::ptrdiff_t>(settings_.servers.size());
  const auto idle = [](const auto& server) {
    return server->tries.is_empty() && server->waiting.empty();
  };
  servers_.erase(std::remove_if(servers_.begin() + configured, servers_.end(), idle),
                 servers_.end());
}

BatchResolver::BatchResolver(ResolverSettings settings) : settings_(std::move(settings)) {
}

BatchResolver::~BatchResolver() = default;

void BatchResolver::run(Conversation& conversation, const Limits& limits) {
  Run(settings_, conversation, limits).run();
}

}  // namespace persist::dns
