#include "dns/cares_resolver.h"

#include <algorithm>
#include <deque>

#include "dns/cares_channel.h"
#include "dns/server_choice.h"

namespace persist::dns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t default_window = 128;
/// Guessing an answer needs port and id: several ports, and none for long.
constexpr std::size_t most_udp_channels = 4;
constexpr std::size_t shared_from = 32;  ///< queries in one channel before another is opened
constexpr std::size_t queries_per_channel = 4096;
constexpr std::size_t most_tcp_channels = 16;
constexpr milliseconds longest_wait{100};  // the stop flag is looked at that often

}  // namespace

/// What lasts from one run to the next.
struct CaresResolver::Shared {
  ResolverSettings settings;
  ServerChoice choice{settings.servers.size()};
  RandomIds ids{};
  std::vector<std::unique_ptr<CaresChannel>> channels{};
  std::size_t udp_channel_limit = most_udp_channels;  ///< less, if there are few descriptors
};

/// One call of run().
class CaresResolver::Run {
 public:
  Run(Shared& shared, Conversation& conversation, const Limits& limits)
      : shared_(shared),
        conversation_(conversation),
        limits_(limits),
        window_(limits.window == 0 ? default_window : limits.window) {}

  void run();

 private:
  using SlotNumber = std::uint32_t;
  struct Slot {
    std::unique_ptr<Lookup> lookup{};  ///< null: free
    Clock::time_point sent_at{};
  };

  void fill();
  void send_waiting();
  std::unique_ptr<Lookup> next_lookup();
  void start(std::unique_ptr<Lookup> lookup);
  void send(SlotNumber number);
  CaresChannel* channel_for(const Lookup& lookup);
  CaresChannel* udp_channel(const ServerAddress& server);
  CaresChannel* tcp_channel(const ServerAddress& server);
  CaresChannel* open_channel(const ServerAddress& server, Transport transport);
  bool deliver_events();
  void handle(ChannelEvent& event);
  Lookup::Next handle_failure(Lookup& lookup, const FailedCall& failed);
  void wait_for_descriptors(SlotNumber number);
  void advance(SlotNumber number, Lookup::Next next);
  std::unique_ptr<Lookup> release(SlotNumber number);
  void answer(std::unique_ptr<Lookup> lookup);
  void wait();
  void drop_idle_channels();
  std::size_t under_way() const;
  const char* reason_to_stop() const;
  void stop(const char* reason);

  Shared& shared_;
  Conversation& conversation_;
  const Limits& limits_;
  std::size_t window_;
  std::vector<Slot> slots_{};
  std::vector<SlotNumber> free_{};
  std::deque<SlotNumber> waiting_{};            ///< have a query to send, and no channel with room
  std::deque<std::unique_ptr<Lookup>> late_{};  ///< timed out; asked again when nothing is fresher
  bool lacks_descriptors_ = false;              ///< until some query has ended
};

void CaresResolver::Run::run() {
  for (;;) {
    if (const char* const reason = reason_to_stop()) {
      stop(reason);
      return;
    }
    fill();
    if (!deliver_events()) {
      if (free_.size() == slots_.size())
        return;  // nothing under way, and fill() found nothing more
      wait();
      deliver_events();
    }
    drop_idle_channels();
  }
}

const char* CaresResolver::Run::reason_to_stop() const {
  if (limits_.stop != nullptr && limits_.stop->load(std::memory_order_relaxed))
    return "interrupted";
  if (Clock::now() >= limits_.deadline) return "time limit reached";
  return nullptr;
}

void CaresResolver::Run::stop(const char* reason) {
  for (const auto& channel : shared_.channels) channel->cancel();
  for (SlotNumber number = 0; number < slots_.size(); ++number) {
    if (!slots_[number].lookup) continue;
    const auto waited = Clock::now() - slots_[number].sent_at;
    slots_[number].lookup->on_stop(reason, std::chrono::duration_cast<milliseconds>(waited));
    answer(release(number));
  }
  for (auto& lookup : late_) {
    lookup->on_stop(reason, milliseconds{0});
    answer(std::move(lookup));
  }
}

// ---- sending

void CaresResolver::Run::fill() {
  if (!lacks_descriptors_) send_waiting();
  while (waiting_.empty() && slots_.size() - free_.size() < window_) {
    auto lookup = next_lookup();
    if (!lookup) return;
    start(std::move(lookup));
  }
}

void CaresResolver::Run::send_waiting() {
  std::deque<SlotNumber> waiting;
  waiting.swap(waiting_);
  for (const SlotNumber number : waiting) send(number);
}

std::unique_ptr<Lookup> CaresResolver::Run::next_lookup() {
  if (auto query = conversation_.next_query()) {
    return std::make_unique<Lookup>(*std::move(query), shared_.settings, shared_.choice.first());
  }
  if (late_.empty()) return nullptr;
  auto lookup = std::move(late_.front());
  late_.pop_front();
  return lookup;
}

void CaresResolver::Run::start(std::unique_ptr<Lookup> lookup) {
  if (free_.empty()) {
    free_.push_back(static_cast<SlotNumber>(slots_.size()));
    slots_.emplace_back();
  }
  const SlotNumber number = free_.back();
  free_.pop_back();
  slots_[number].lookup = std::move(lookup);
  send(number);
}

void CaresResolver::Run::send(SlotNumber number) {
  Slot& slot = slots_[number];
  slot.sent_at = Clock::now();
  CaresChannel* const channel = channel_for(*slot.lookup);
  if (channel == nullptr) {
    waiting_.push_back(number);
    return;
  }
  channel->send(number, *slot.lookup, shared_.ids);
}

/// Null if there is no room for now.
CaresChannel* CaresResolver::Run::channel_for(const Lookup& lookup) {
  return lookup.transport() == Transport::udp ? udp_channel(lookup.server())
                                              : tcp_channel(lookup.server());
}

CaresChannel* CaresResolver::Run::udp_channel(const ServerAddress& server) {
  CaresChannel* emptiest = nullptr;
  std::size_t count = 0;
  for (const auto& channel : shared_.channels) {
    const bool fits = channel->transport() == Transport::udp && channel->server() == server &&
                      channel->sent() < queries_per_channel;
    if (!fits) continue;
    ++count;
    if (emptiest == nullptr || channel->under_way() < emptiest->under_way())
      emptiest = channel.get();
  }
  if (emptiest == nullptr) return open_channel(server, Transport::udp);
  if (emptiest->under_way() >= shared_from && count < shared_.udp_channel_limit) {
    return open_channel(server, Transport::udp);
  }
  return emptiest->under_way() < emptiest->capacity() ? emptiest : nullptr;
}

/// One connection for each query: a server that closes one early harms no other.
CaresChannel* CaresResolver::Run::tcp_channel(const ServerAddress& server) {
  const auto open = std::count_if(
      shared_.channels.begin(), shared_.channels.end(),
      [](const auto& c) { return c->transport() == Transport::tcp && c->under_way() > 0; });
  if (static_cast<std::size_t>(open) >= most_tcp_channels) return nullptr;
  return open_channel(server, Transport::tcp);
}

CaresChannel* CaresResolver::Run::open_channel(const ServerAddress& server, Transport transport) {
  shared_.channels.push_back(CaresChannel::open(server, transport, shared_.settings.try_timeout));
  return shared_.channels.back().get();
}

// ---- receiving

void CaresResolver::Run::wait() {
  std::vector<pollfd> entries;
  std::vector<std::size_t> ends;
  milliseconds longest = longest_wait;
  const auto left = std::chrono::ceil<milliseconds>(limits_.deadline - Clock::now());
  longest = std::clamp(left, milliseconds{0}, longest);
  for (const auto& channel : shared_.channels) {
    channel->add_poll_entries(entries);
    ends.push_back(entries.size());
    if (channel->under_way() > 0) longest = std::min(longest, channel->wait_time(longest));
  }
  // An interrupted call is as good as one that timed out: the caller looks at the stop flag.
  if (poll(entries.data(), entries.size(), static_cast<int>(longest.count())) < 0) {
    for (pollfd& entry : entries) entry.revents = 0;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const auto own = std::span(entries).subspan(begin, ends[i] - begin);
    begin = ends[i];
    if (shared_.channels[i]->under_way() > 0) shared_.channels[i]->process(own);
  }
}

/// True if there were any.
bool CaresResolver::Run::deliver_events() {
  std::vector<ChannelEvent> events;
  for (const auto& channel : shared_.channels) {
    auto more = channel->take_events();
    if (events.empty()) {
      events = std::move(more);
    } else {
      std::move(more.begin(), more.end(), std::back_inserter(events));
    }
  }
  for (ChannelEvent& event : events) handle(event);
  return !events.empty();
}

void CaresResolver::Run::handle(ChannelEvent& event) {
  Lookup& lookup = *slots_[event.slot].lookup;
  const auto server = lookup.server_index();
  if (event.kind == ChannelEvent::Kind::message) {
    lacks_descriptors_ = false;
    if (server) shared_.choice.on_message(*server);
    return advance(event.slot, lookup.on_message(event.id, event.octets));
  }
  if (event.kind == ChannelEvent::Kind::failure && event.failed.lacks_descriptors() &&
      under_way() > 0) {
    return wait_for_descriptors(event.slot);
  }
  lacks_descriptors_ = false;
  if (server && !event.failed.is_local()) shared_.choice.on_silence(*server);
  if (event.kind == ChannelEvent::Kind::failure) {
    return advance(event.slot, handle_failure(lookup, event.failed));
  }
  const auto waited = Clock::now() - slots_[event.slot].sent_at;
  advance(event.slot, lookup.on_silence(std::chrono::duration_cast<milliseconds>(waited)));
}

Lookup::Next CaresResolver::Run::handle_failure(Lookup& lookup, const FailedCall& failed) {
  if (failed.is_local()) return lookup.on_local_failure(failed.to_text());
  return lookup.on_failure(failed.to_text());
}

std::size_t CaresResolver::Run::under_way() const {
  std::size_t sum = 0;
  for (const auto& channel : shared_.channels) sum += channel->under_way();
  return sum;
}

/// Fewer sockets from now on; the query goes out once another one has ended.
void CaresResolver::Run::wait_for_descriptors(SlotNumber number) {
  lacks_descriptors_ = true;
  waiting_.push_back(number);
  std::erase_if(shared_.channels, [](const auto& channel) { return channel->is_idle(); });
  const auto udp = std::count_if(shared_.channels.begin(), shared_.channels.end(),
                                 [](const auto& c) { return c->transport() == Transport::udp; });
  shared_.udp_channel_limit =
      std::clamp<std::size_t>(static_cast<std::size_t>(udp), 1, most_udp_channels);
}

void CaresResolver::Run::advance(SlotNumber number, Lookup::Next next) {
  switch (next) {
    case Lookup::Next::ask:
    case Lookup::Next::wait:
      return send(number);
    case Lookup::Next::ask_later:
      late_.push_back(release(number));
      return;
    case Lookup::Next::done:
      answer(release(number));
      return;
  }
}

std::unique_ptr<Lookup> CaresResolver::Run::release(SlotNumber number) {
  free_.push_back(number);
  return std::move(slots_[number].lookup);
}

void CaresResolver::Run::answer(std::unique_ptr<Lookup> lookup) {
  const std::uint32_t token = lookup->token();
  conversation_.on_answer(token, lookup->result());
}

void CaresResolver::Run::drop_idle_channels() {
  const auto& servers = shared_.settings.servers;
  std::erase_if(shared_.channels, [&servers](const auto& channel) {
    if (!channel->is_idle()) return false;
    return channel->transport() == Transport::tcp || channel->sent() >= queries_per_channel ||
           std::find(servers.begin(), servers.end(), channel->server()) == servers.end();
  });
}

CaresResolver::CaresResolver(ResolverSettings settings)
    : shared_(new Shared{.settings = std::move(settings)}) {
}

CaresResolver::~CaresResolver() = default;

void CaresResolver::run(Conversation& conversation, const Limits& limits) {
  Run(*shared_, conversation, limits).run();
}

}  // namespace persist::dns
