#include "dns/cares_resolver.h"

#include <algorithm>
#include <deque>

#include "dns/channel_set.h"
#include "dns/open_lookups.h"

namespace persist::dns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t default_window = 128;
constexpr milliseconds longest_wait{100};  // the stop flag is looked at that often

}  // namespace

/// What lasts from one run to the next.
struct CaresResolver::Shared {
  ResolverSettings settings;
  ServerChoice choice{settings.servers.size()};
  RandomIds ids{};
  ChannelSet channels{settings};
};

/// One call of run().
class CaresResolver::Run {
 public:
  Run(Shared& shared, Conversation& conversation, const Limits& limits)
      : shared_(shared),
        limits_(limits),
        window_(limits.window == 0 ? default_window : limits.window),
        lookups_(conversation, shared.settings, shared.choice) {}

  void run();

 private:
  using SlotNumber = OpenLookups::SlotNumber;

  void fill();
  void send_waiting();
  void send(SlotNumber number);
  bool deliver_events();
  void handle(const ChannelEvent& event);
  void wait();

  Shared& shared_;
  const Limits& limits_;
  std::size_t window_;
  OpenLookups lookups_;
  std::deque<SlotNumber> waiting_{};  ///< have a query to send, and no channel with room
  bool lacks_descriptors_ = false;    ///< until some query has ended
};

void CaresResolver::Run::run() {
  for (;;) {
    if (const char* const reason = reason_to_stop(limits_)) {
      shared_.channels.cancel();
      return lookups_.stop(reason);
    }
    fill();
    if (!deliver_events()) {
      if (lookups_.count() == 0) return;  // nothing under way, and fill() found nothing more
      wait();
      deliver_events();
    }
    shared_.channels.drop_idle();
  }
}

void CaresResolver::Run::fill() {
  if (!lacks_descriptors_) send_waiting();
  while (waiting_.empty() && lookups_.count() < window_) {
    const auto number = lookups_.open_next();
    if (!number) return;
    send(*number);
  }
}

void CaresResolver::Run::send_waiting() {
  std::deque<SlotNumber> waiting;
  waiting.swap(waiting_);
  for (const SlotNumber number : waiting) send(number);
}

void CaresResolver::Run::send(SlotNumber number) {
  lookups_.mark_sent(number, Clock::now());
  CaresChannel* const channel = shared_.channels.channel_for(lookups_[number]);
  if (channel == nullptr) {
    waiting_.push_back(number);
    return;
  }
  channel->send(number, lookups_[number], shared_.ids);
}

void CaresResolver::Run::wait() {
  std::vector<pollfd> entries;
  shared_.channels.add_poll_entries(entries);
  const auto left = std::chrono::ceil<milliseconds>(limits_.deadline - Clock::now());
  const milliseconds longest =
      shared_.channels.wait_time(std::clamp(left, milliseconds{0}, longest_wait));
  // An interrupted call is as good as one that timed out: the caller looks at the stop flag.
  if (poll(entries.data(), entries.size(), static_cast<int>(longest.count())) < 0) {
    for (pollfd& entry : entries) entry.revents = 0;
  }
  shared_.channels.process(entries);
}

/// True if there were any.
bool CaresResolver::Run::deliver_events() {
  const auto events = shared_.channels.take_events();
  for (const ChannelEvent& event : events) handle(event);
  return !events.empty();
}

void CaresResolver::Run::handle(const ChannelEvent& event) {
  const bool failed = event.kind == ChannelEvent::Kind::failure;
  if (failed && event.failed.lacks_descriptors() && shared_.channels.under_way() > 0) {
    // Fewer sockets from now on; the query goes out once another one has ended.
    lacks_descriptors_ = true;
    waiting_.push_back(event.slot);
    return shared_.channels.shrink();
  }
  lacks_descriptors_ = false;
  const auto next =
      on_event(event, lookups_[event.slot], lookups_.waited(event.slot), shared_.choice);
  // A message that answers nothing has ended its query all the same.
  if (next == Lookup::Next::wait || lookups_.advance(event.slot, next)) send(event.slot);
}

CaresResolver::CaresResolver(ResolverSettings settings)
    : shared_(new Shared{.settings = std::move(settings)}) {
}

CaresResolver::~CaresResolver() = default;

void CaresResolver::run(Conversation& conversation, const Limits& limits) {
  Run(*shared_, conversation, limits).run();
}

}  // namespace persist::dns
