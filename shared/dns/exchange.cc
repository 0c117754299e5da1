#include "dns/exchange.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>

namespace persist::dns {
namespace {

constexpr int wanted_receive_buffer_octets = 1 << 20;
constexpr std::size_t buffer_octets_per_answer =
    1024;  // the kernel counts its own bookkeeping, too
constexpr std::size_t capacity_before_first_socket = 64;
constexpr std::size_t largest_datagram_octets = 65535;
constexpr std::size_t length_prefix_octets = 2;

/// What ends a query: header and question of the answer without any record. The code is one that
/// c-ares passes on as it is and leaves out of its latency statistics, from which 1.34 would derive
/// time-outs far shorter than ours.
std::size_t write_end_of_query(std::uint8_t* out, std::uint16_t id, const Question& question) {
  constexpr std::uint8_t yxdomain = 6;
  QueryBuffer buffer;
  const auto octets = write_query(buffer, question, {.id = id, .edns = false});
  std::copy(octets.begin(), octets.end(), out);
  out[2] = 0x80;  // QR
  out[3] = yxdomain;
  return octets.size();
}

/// Sends at once; waits a moment for a full send buffer, which drains in no time: c-ares 1.18 would
/// take it for a dead server.
ssize_t send_patiently(int descriptor, std::span<const std::uint8_t> octets) {
  constexpr int longest_wait_ms = 100;
  const ssize_t sent = ::send(descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
  if (sent >= 0 || errno != EAGAIN) return sent;
  pollfd entry{.fd = descriptor, .events = POLLOUT, .revents = 0};
  ::poll(&entry, 1, longest_wait_ms);
  const ssize_t sent_later = ::send(descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
  if (sent_later < 0 && errno == EAGAIN) errno = ENOBUFS;
  return sent_later;
}

}  // namespace

Exchange::Exchange(Transport transport)
    : transport_(transport), capacity_(capacity_before_first_socket) {
  if (transport == Transport::tcp) return;
  datagram_ = std::make_unique_for_overwrite<std::uint8_t[]>(largest_datagram_octets);
}

void Exchange::end(const PendingQuery& query) {
  const auto known = by_id_.find(query.id);
  if (known != by_id_.end() && known->second == &query) by_id_.erase(known);
  if (sending_ == &query) sending_ = nullptr;
}

int Exchange::fail(const char* call) {
  if (errno == EINTR) errno = EAGAIN;  // c-ares knows only the latter
  if (errno != EAGAIN) failed_ = {.name = call, .error_number = errno};
  return -1;
}

// ---- sockets

int Exchange::open_socket(int domain, int type, int protocol) noexcept {
  const int descriptor = ::socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (descriptor < 0) return fail("socket");
  if (transport_ == Transport::tcp) return descriptor;
  // The kernel grants what it likes, and counts twice what it grants.
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &wanted_receive_buffer_octets,
             sizeof wanted_receive_buffer_octets);
  int granted = 0;
  socklen_t length = sizeof granted;
  if (getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &granted, &length) == 0 && granted > 0) {
    capacity_ = 1 + static_cast<std::size_t>(granted) / buffer_octets_per_answer;
  }
  return descriptor;
}

int Exchange::close_socket(int descriptor) noexcept {
  stream_.clear();
  unfetched_.clear();
  return ::close(descriptor);
}

int Exchange::connect_socket(int descriptor, const sockaddr* address, socklen_t length) noexcept {
  // A connected socket: the kernel drops what other addresses and ports send.
  if (::connect(descriptor, address, length) == 0) return 0;
  return errno == EINPROGRESS ? -1 : fail("connect");
}

// ---- sending

ssize_t Exchange::send(int descriptor, std::span<const iovec> parts) noexcept {
  std::size_t length = 0;
  for (const iovec& part : parts) length += part.iov_len;
  // One try for each query, so there is nothing else to send.
  if (sending_ == nullptr || length == 0) return static_cast<ssize_t>(length);
  try {
    if (!send_query(descriptor, parts)) return fail("send");
  } catch (const std::bad_alloc&) {
    errno = ENOMEM;
    return fail("send");
  }
  sending_ = nullptr;
  return static_cast<ssize_t>(length);
}

/// Sends the query in place of what the library made of it: c-ares 1.34 puts in an id of its own,
/// which is kept, and an EDNS option, which is not. True if all of it went out.
bool Exchange::send_query(int descriptor, std::span<const iovec> parts) {
  const std::size_t prefix = transport_ == Transport::tcp ? length_prefix_octets : 0;
  const iovec& head = parts.front();
  if (head.iov_len < prefix + 2) {
    errno = EMSGSIZE;
    return false;
  }
  sending_->id = u16_at({static_cast<const std::uint8_t*>(head.iov_base), head.iov_len}, prefix);
  by_id_.insert_or_assign(sending_->id, sending_);
  QueryBuffer buffer;
  const auto query = sending_->lookup->query(sending_->id, buffer);
  std::array<std::uint8_t, length_prefix_octets + std::tuple_size_v<QueryBuffer>> octets;
  octets[0] = static_cast<std::uint8_t>(query.size() >> 8U);
  octets[1] = static_cast<std::uint8_t>(query.size() & 0xFFU);
  std::copy(query.begin(), query.end(), octets.begin() + length_prefix_octets);
  const auto whole =
      std::span(octets).subspan(length_prefix_octets - prefix, prefix + query.size());
  const ssize_t sent = send_patiently(descriptor, whole);
  if (sent < 0) return false;
  // A part of so few octets at the start of a connection means that it is no use.
  errno = EPIPE;
  return static_cast<std::size_t>(sent) == whole.size();
}

// ---- receiving

ssize_t Exchange::receive(int descriptor, std::span<std::uint8_t> to, sockaddr* from,
                          socklen_t* from_length) noexcept {
  try {
    if (transport_ == Transport::tcp) return receive_stream(descriptor, to);
    if (to.size() >= std::tuple_size_v<QueryBuffer>) {
      return receive_datagram(descriptor, to.data(), from, from_length);
    }
    errno = EMSGSIZE;
  } catch (const std::bad_alloc&) {
    errno = ENOMEM;
  }
  return fail("recv");
}

/// If `octets` answer a query: keeps them, writes what ends the query and returns its length; else
/// 0.
std::size_t Exchange::keep_message(Octets octets, std::uint8_t* end_of_query) {
  if (octets.size() < header_octets) return 0;
  const auto found = by_id_.find(u16_at(octets, 0));
  if (found == by_id_.end()) return 0;
  PendingQuery& query = *found->second;
  if (!is_reply(octets, query.id, query.lookup->question())) return 0;
  query.message.assign(octets.begin(), octets.end());
  by_id_.erase(found);
  return write_end_of_query(end_of_query, query.id, query.lookup->question());
}

ssize_t Exchange::receive_datagram(int descriptor, std::uint8_t* to, sockaddr* from,
                                   socklen_t* from_length) {
  // Whoever floods us with foreign datagrams does not keep us from time-outs and from stopping.
  constexpr int most_foreign_datagrams = 64;
  for (int i = 0; i < most_foreign_datagrams && !by_id_.empty(); ++i) {
    const ssize_t length =
        ::recvfrom(descriptor, datagram_.get(), largest_datagram_octets, 0, from, from_length);
    if (length < 0) return fail("recv");
    const auto ended = keep_message({datagram_.get(), static_cast<std::size_t>(length)}, to);
    if (ended != 0) return static_cast<ssize_t>(ended);
  }
  errno = EAGAIN;
  return -1;
}

ssize_t Exchange::receive_stream(int descriptor, std::span<std::uint8_t> to) {
  while (unfetched_.empty()) {
    const auto room = stream_.room();
    const ssize_t length = ::recv(descriptor, room.data(), room.size(), 0);
    if (length < 0) return fail("recv");
    stream_.advance(static_cast<std::size_t>(length));
    keep_stream_messages();
    if (length == 0 || stream_.is_broken()) {
      forget_failure();
      return 0;  // the end of the connection
    }
  }
  const std::size_t length = std::min(to.size(), unfetched_.size());
  const auto end = unfetched_.begin() + static_cast<std::ptrdiff_t>(length);
  std::copy(unfetched_.begin(), end, to.begin());
  unfetched_.erase(unfetched_.begin(), end);
  return static_cast<ssize_t>(length);
}

void Exchange::keep_stream_messages() {
  while (!stream_.is_broken()) {
    const auto message = stream_.message();
    if (!message) return;
    QueryBuffer end_of_query;
    if (const std::size_t length = keep_message(*message, end_of_query.data()); length != 0) {
      unfetched_.push_back(static_cast<std::uint8_t>(length >> 8U));
      unfetched_.push_back(static_cast<std::uint8_t>(length & 0xFFU));
      unfetched_.insert(unfetched_.end(), end_of_query.begin(),
                        end_of_query.begin() + static_cast<std::ptrdiff_t>(length));
    }
    stream_.drop();
  }
}

}  // namespace persist::dns
