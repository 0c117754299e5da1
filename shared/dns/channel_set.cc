#include "dns/channel_set.h"

#include <algorithm>

namespace persist::dns {
namespace {

constexpr std::size_t shared_from = 32;  ///< queries in one channel before another is opened
constexpr std::size_t queries_per_channel = 4096;
constexpr std::size_t most_tcp_channels = 16;

}  // namespace

CaresChannel* ChannelSet::channel_for(const Lookup& lookup) {
  return lookup.transport() == Transport::udp ? udp_channel(lookup.server())
                                              : tcp_channel(lookup.server());
}

CaresChannel* ChannelSet::udp_channel(const ServerAddress& server) {
  CaresChannel* emptiest = nullptr;
  std::size_t count = 0;
  for (const auto& channel : channels_) {
    const bool fits = channel->transport() == Transport::udp && channel->server() == server &&
                      channel->sent() < queries_per_channel;
    if (!fits) continue;
    ++count;
    if (emptiest == nullptr || channel->under_way() < emptiest->under_way())
      emptiest = channel.get();
  }
  if (emptiest == nullptr) return open(server, Transport::udp);
  if (emptiest->under_way() >= shared_from && count < most_udp_channels_) {
    return open(server, Transport::udp);
  }
  return emptiest->under_way() < emptiest->capacity() ? emptiest : nullptr;
}

/// One connection for each query: a server that closes one early harms no other.
CaresChannel* ChannelSet::tcp_channel(const ServerAddress& server) {
  const auto open_now = std::count_if(channels_.begin(), channels_.end(), [](const auto& c) {
    return c->transport() == Transport::tcp && c->under_way() > 0;
  });
  if (static_cast<std::size_t>(open_now) >= most_tcp_channels) return nullptr;
  return open(server, Transport::tcp);
}

CaresChannel* ChannelSet::open(const ServerAddress& server, Transport transport) {
  channels_.push_back(CaresChannel::open(server, transport, settings_.try_timeout));
  return channels_.back().get();
}

std::size_t ChannelSet::under_way() const {
  std::size_t sum = 0;
  for (const auto& channel : channels_) sum += channel->under_way();
  return sum;
}

void ChannelSet::add_poll_entries(std::vector<pollfd>& entries) {
  const std::size_t begin = entries.size();
  entry_ends_.clear();
  for (const auto& channel : channels_) {
    channel->add_poll_entries(entries);
    entry_ends_.push_back(entries.size() - begin);
  }
}

std::chrono::milliseconds ChannelSet::wait_time(std::chrono::milliseconds longest) const {
  for (const auto& channel : channels_) {
    if (channel->under_way() > 0) longest = std::min(longest, channel->wait_time(longest));
  }
  return longest;
}

void ChannelSet::process(std::span<const pollfd> entries) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < entry_ends_.size(); ++i) {
    const auto own = entries.subspan(begin, entry_ends_[i] - begin);
    begin = entry_ends_[i];
    if (channels_[i]->under_way() > 0) channels_[i]->process(own);
  }
}

std::vector<ChannelEvent> ChannelSet::take_events() {
  std::vector<ChannelEvent> events;
  for (const auto& channel : channels_) {
    auto more = channel->take_events();
    if (events.empty()) {
      events = std::move(more);
    } else {
      std::move(more.begin(), more.end(), std::back_inserter(events));
    }
  }
  return events;
}

void ChannelSet::shrink() {
  std::erase_if(channels_, [](const auto& channel) { return channel->is_idle(); });
  const auto udp = std::count_if(channels_.begin(), channels_.end(), [](const auto& channel) {
    return channel->transport() == Transport::udp;
  });
  most_udp_channels_ =
      std::clamp<std::size_t>(static_cast<std::size_t>(udp), 1, most_udp_channels_);
}

void ChannelSet::drop_idle() {
  const auto& servers = settings_.servers;
  std::erase_if(channels_, [&servers](const auto& channel) {
    if (!channel->is_idle()) return false;
    return channel->transport() == Transport::tcp || channel->sent() >= queries_per_channel ||
           std::find(servers.begin(), servers.end(), channel->server()) == servers.end();
  });
}

void ChannelSet::cancel() {
  for (const auto& channel : channels_) channel->cancel();
}

Lookup::Next on_event(const ChannelEvent& event, Lookup& lookup, std::chrono::milliseconds waited,
                      ServerChoice& choice) {
  const auto server = lookup.server_index();
  if (event.kind == ChannelEvent::Kind::message) {
    if (server) choice.on_message(*server);
    return lookup.on_message(event.id, event.octets);
  }
  if (server && !event.failed.is_local()) choice.on_silence(*server);
  if (event.kind == ChannelEvent::Kind::silence) return lookup.on_silence(waited);
  if (event.failed.is_local()) return lookup.on_local_failure(event.failed.to_text());
  return lookup.on_failure(event.failed.to_text());
}

}  // namespace persist::dns
