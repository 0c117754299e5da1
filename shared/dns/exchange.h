#pragma once

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "dns/failed_call.h"
#include "dns/lookup.h"
#include "dns/message_stream.h"

namespace persist::dns {

/// The socket calls of a resolver library, done our way: the library opens, watches and times, but
/// the octets that go out and come in are ours.
///
/// What goes out is the query as Lookup writes it, under the id that the library chose. What comes
/// in and answers a query is kept; the library gets a bare header instead, which ends the query.
/// All else it never sees. The calls have the form of system calls: a negative result and errno.
class Exchange {
 public:
  /// A query that the library carries.
  struct PendingQuery {
    const Lookup* lookup;
    std::uint16_t id = 0;
    std::vector<std::uint8_t> message{};  ///< the answer, once it has come
  };

  explicit Exchange(Transport transport);

  /// The next octets that the library sends are `query`, which stays where it is until end().
  void begin(PendingQuery& query) { sending_ = &query; }
  /// The library is through with the query.
  void end(const PendingQuery& query);
  /// True if a query with this id waits for its answer.
  bool is_awaited(std::uint16_t id) const { return by_id_.contains(id); }

  int open_socket(int domain, int type, int protocol) noexcept;
  int close_socket(int descriptor) noexcept;
  int connect_socket(int descriptor, const sockaddr* address, socklen_t length) noexcept;
  ssize_t send(int descriptor, std::span<const iovec> parts) noexcept;
  ssize_t receive(int descriptor, std::span<std::uint8_t> to, sockaddr* from,
                  socklen_t* from_length) noexcept;

  /// Octets that the library can fetch though no socket announces them.
  std::size_t unfetched() const { return unfetched_.size(); }

  /// Answers that the receive buffer holds without loss; a guess before the first socket.
  std::size_t capacity() const { return capacity_; }
  /// The call that failed last since forget_failure(); number 0 if none did.
  const FailedCall& failed() const { return failed_; }
  void forget_failure() { failed_ = {}; }

 private:
  int fail(const char* call);
  bool send_query(int descriptor, std::span<const iovec> parts);
  std::size_t keep_message(Octets octets, std::uint8_t* end_of_query);
  ssize_t receive_datagram(int descriptor, std::uint8_t* to, sockaddr* from,
                           socklen_t* from_length);
  ssize_t receive_stream(int descriptor, std::span<std::uint8_t> to);
  void keep_stream_messages();

  Transport transport_;
  PendingQuery* sending_ = nullptr;                           ///< not on the wire yet
  std::unordered_map<std::uint16_t, PendingQuery*> by_id_{};  ///< sent, and no answer yet
  std::size_t capacity_;
  FailedCall failed_{};
  std::unique_ptr<std::uint8_t[]> datagram_{};  ///< UDP
  MessageStream stream_{};                      ///< TCP: what has come
  std::vector<std::uint8_t> unfetched_{};       ///< TCP: what the library gets instead
};

}  // namespace persist::dns
