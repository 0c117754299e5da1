#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "dns/failed_call.h"
#include "dns/lookup.h"
#include "dns/random_ids.h"

namespace persist::dns {

/// What became of one query that was sent over a CaresChannel.
struct ChannelEvent {
  enum class Kind { message, silence, failure };
  std::uint32_t slot;
  Kind kind;
  std::uint16_t id = 0;                ///< of the query; for message
  std::vector<std::uint8_t> octets{};  ///< for message
  FailedCall failed{};                 ///< for failure
};

/// One c-ares channel: one server, one transport, one source port, one try for each query.
///
/// c-ares carries the octets: sockets, connecting, framing, time-outs. It never sees an answer: its
/// receive call goes through us, and once a message has come that answers a query of ours, we keep
/// it and hand c-ares a bare header that ends the query. So neither its parser (which believes too
/// much up to 1.18 and drops the connection with all its queries at a malformed message in 1.34)
/// nor its cache, fail-over or latency statistics have a say. No setting comes from a file or an
/// environment variable.
class CaresChannel {
 public:
  /// `try_timeout` is how long a query may be under way; c-ares 1.34 keeps it within 0.25 to 5 s.
  /// Throws std::bad_alloc if c-ares has no memory.
  static std::unique_ptr<CaresChannel> open(const ServerAddress& server, Transport transport,
                                            std::chrono::milliseconds try_timeout);
  ~CaresChannel();
  CaresChannel(const CaresChannel&) = delete;
  CaresChannel& operator=(const CaresChannel&) = delete;

  const ServerAddress& server() const;
  Transport transport() const;
  std::size_t under_way() const;
  bool is_idle() const;      ///< no query under way, no event to take
  std::size_t sent() const;  ///< queries since it was opened
  /// Answers that its receive buffer holds without loss; a guess before the first query.
  std::size_t capacity() const;

  /// Sends what `lookup` wants to ask; the lookup must stay unchanged until the event for `slot`,
  /// which may be there at once. Over TCP one query at a time.
  void send(std::uint32_t slot, const Lookup& lookup, RandomIds& ids);

  /// Appends what to wait for.
  void add_poll_entries(std::vector<pollfd>& entries) const;
  /// How long to wait at most before process() is due; `longest` if nothing is.
  std::chrono::milliseconds wait_time(std::chrono::milliseconds longest) const;
  /// Reads, writes and checks time-outs; `entries` are this channel's own, after poll().
  void process(std::span<const pollfd> entries);
  /// Takes the events since the last call.
  std::vector<ChannelEvent> take_events();

  /// Drops all queries under way, without events.
  void cancel();

 private:
  struct State;
  explicit CaresChannel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace persist::dns
