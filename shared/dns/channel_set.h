#pragma once

#include <memory>
#include <vector>

#include "dns/cares_channel.h"
#include "dns/server_choice.h"

namespace persist::dns {

/// The c-ares channels that are open, and which of them a query goes over.
class ChannelSet {
 public:
  /// `settings` must outlive it.
  explicit ChannelSet(const ResolverSettings& settings) : settings_(settings) {}

  /// Where the lookup's next query can go; null if there is no room for now.
  CaresChannel* channel_for(const Lookup& lookup);

  std::size_t under_way() const;
  void add_poll_entries(std::vector<pollfd>& entries);
  /// How long to wait at most before process() is due; `longest` if nothing is.
  std::chrono::milliseconds wait_time(std::chrono::milliseconds longest) const;
  /// `entries` are those of the last add_poll_entries(), after poll().
  void process(std::span<const pollfd> entries);
  std::vector<ChannelEvent> take_events();

  /// No descriptor was to be had: from now on fewer sockets.
  void shrink();
  /// Closes what is idle and will not be used again.
  void drop_idle();
  /// Drops all queries under way, without events.
  void cancel();

 private:
  CaresChannel* udp_channel(const ServerAddress& server);
  CaresChannel* tcp_channel(const ServerAddress& server);
  CaresChannel* open(const ServerAddress& server, Transport transport);

  const ResolverSettings& settings_;
  std::vector<std::unique_ptr<CaresChannel>> channels_{};
  std::vector<std::size_t> entry_ends_{};  ///< of each channel in the last add_poll_entries()
  /// Guessing an answer needs port and id: several ports, and none for long.
  std::size_t most_udp_channels_ = 4;
};

/// What the end of a query means for its lookup; tells `choice` how its server did.
Lookup::Next on_event(const ChannelEvent& event, Lookup& lookup, std::chrono::milliseconds waited,
                      ServerChoice& choice);

}  // namespace persist::dns
