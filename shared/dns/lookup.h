#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "dns/message.h"
#include "dns/resolver.h"

namespace persist::dns {

enum class Transport { udp, tcp };

/// One question on its way to an answer: what to send next, and what a message, a silence or a
/// failure means. Pure: whoever drives it owns sockets and clock. Every transport uses it the same
/// way:
///
///     while (next == Next::ask) { send query() to server() over transport(); next = on_...(...); }
///
/// - FORMERR is asked again once without EDNS; a truncated answer over TCP; an alias whose target
/// is
///   not in the answer is followed with a new question, at most 8 steps in all.
/// - Silence costs one of `settings.tries` and moves on to the next server; a closed port moves on
///   at no cost, until all are closed. A message that answers is never healed by another server:
///   SERVFAIL may be a failed DNSSEC validation, and a resolver that does not validate would hide
///   it.
class Lookup {
 public:
  enum class Next {
    ask,        ///< send query() now
    ask_later,  ///< all tries timed out: send query() once there is nothing fresher to do
    wait,       ///< the message was none of ours: keep waiting for the query that was sent
    done,       ///< result() is there
  };

  /// `settings` must outlive the lookup. `first_server` is the place in settings.servers to start
  /// at.
  Lookup(Query query, const ResolverSettings& settings, std::size_t first_server = 0);

  std::uint32_t token() const { return query_.token; }
  const Question& question() const { return question_; }
  /// Which of settings.servers is asked; empty if the query named its own server.
  std::optional<std::size_t> server_index() const;
  const ServerAddress& server() const;
  Transport transport() const { return transport_; }
  /// Writes the query to send.
  std::span<const std::uint8_t> query(std::uint16_t id, QueryBuffer& buffer) const;

  /// A message came from server() while the query `id` was under way.
  Next on_message(std::uint16_t id, Octets octets);
  /// Nothing came for `waited`.
  Next on_silence(std::chrono::milliseconds waited);
  /// The port is closed, the network does not go there, or TCP broke off; `detail` says which.
  Next on_failure(std::string detail);
  /// Our own system cannot send; ends the lookup.
  Next on_local_failure(std::string detail);
  /// The run ends; `detail` says why, `waited` for how long the last query was under way.
  Next on_stop(std::string detail, std::chrono::milliseconds waited);

  /// The outcome, once Next::done was returned; to be taken once.
  Expected<Answer, LookupError> result() { return std::move(*result_); }

 private:
  Next on_complete(Message message, Octets octets);
  Next follow(std::vector<Name> targets);
  Next answer(Message message, Octets octets, bool leads_on);
  Next try_next_server();
  Next exhausted(LookupError error);
  Next fail(LookupError error);
  LookupError error(LookupErrorCode code) const;
  std::size_t server_count() const;
  void start_over();

  Query query_;
  const ResolverSettings& settings_;
  Question question_;  ///< the one asked for, or about an alias target
  std::size_t server_ = 0;
  Transport transport_ = Transport::udp;
  bool edns_ = true;
  bool truncated_ = false;          ///< some server could only answer over TCP
  bool is_late_ = false;            ///< in the late pass
  int tries_used_ = 0;              ///< of this pass over this question
  int tries_made_ = 0;              ///< in all
  std::size_t closed_servers_ = 0;  ///< in a row
  std::chrono::milliseconds waited_{};
  std::vector<Name> chain_{};
  std::chrono::seconds ttl_ = std::chrono::seconds::max();
  bool authoritative_ = true, authenticated_ = true;
  std::optional<ExtendedError> extended_error_{};
  std::optional<Expected<Answer, LookupError>> result_{};
};

}  // namespace persist::dns
