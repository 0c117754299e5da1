#include "integration/fake_dns.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace persist::integration {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

const sockaddr* generic(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

FileDescriptor new_socket(int type) {
  return FileDescriptor(
      checked(::socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "fake_dns: socket"));
}

bool bind_to(const FileDescriptor& socket, std::uint16_t port) {
  const sockaddr_in address = loopback(port);
  return ::bind(socket.get(), generic(address), sizeof address) == 0;
}

std::uint16_t port_of(const FileDescriptor& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  checked(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size),
          "fake_dns: getsockname");
  return ntohs(address.sin_port);
}

Octets framed(const ReplyPart& part) {
  if (!part.has_tcp_length) return part.octets;
  Octets out;
  append_u16(out, static_cast<std::uint16_t>(part.octets.size()));
  return concat(out, part.octets);
}

}  // namespace

std::string to_text(const LoggedQuery& query) {
  std::string text = query.transport == Transport::udp ? "udp " : "tcp ";
  if (!query.is_well_formed()) {
    text += "malformed ";
    constexpr std::string_view digits = "0123456789abcdef";
    for (const std::uint8_t octet : query.octets) {
      text += digits[octet >> 4];
      text += digits[octet & 0xF];
    }
    return text;
  }
  switch (query.type) {
    case rr_type::txt:
      text += "TXT ";
      break;
    case rr_type::caa:
      text += "CAA ";
      break;
    default:
      text += "TYPE" + std::to_string(query.type) + " ";
  }
  return text + query.name;
}

FakeDns::FakeDns(FakeDnsOptions options)
    : options_(std::move(options)),
      responder_(options_),
      wake_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "fake_dns: eventfd")) {
  bind_sockets();
  thread_ = std::thread([this] { serve(); });
}

FakeDns::~FakeDns() {
  stop();
}

void FakeDns::stop() {
  if (!thread_.joinable()) return;
  checked(::eventfd_write(wake_.get(), 1), "fake_dns: eventfd_write");
  thread_.join();
  for (FileDescriptor* socket : {&udp_, &other_udp_, &listener_}) socket->reset();
  connections_.clear();
}

std::vector<LoggedQuery> FakeDns::queries() const {
  const std::lock_guard lock(log_mutex_);
  return log_;
}

/// The same port for both: UDP gets any, and if TCP has it in use another one is tried. Without
/// TCP its port is bound all the same, so that nobody else can answer there.
void FakeDns::bind_sockets() {
  do {
    udp_ = new_socket(SOCK_DGRAM);
    checked(bind_to(udp_, 0) ? 0 : -1, "fake_dns: bind");
    port_ = port_of(udp_);
    listener_ = new_socket(SOCK_STREAM);
  } while (!bind_to(listener_, port_));
  if (options_.tcp) checked(::listen(listener_.get(), 64), "fake_dns: listen");
  other_udp_ = new_socket(SOCK_DGRAM);
  checked(bind_to(other_udp_, 0) ? 0 : -1, "fake_dns: bind");
  constexpr int buffer_size = 4 << 20;
  ::setsockopt(udp_.get(), SOL_SOCKET, SO_RCVBUF, &buffer_size, sizeof buffer_size);
}

void FakeDns::serve() {
  while (!stopping_) {
    wait_for_events();
    send_due_parts();
    remove_finished();
  }
}

void FakeDns::wait_for_events() {
  std::vector<pollfd> events{{wake_.get(), POLLIN, 0}, {udp_.get(), POLLIN, 0}};
  if (options_.tcp) events.push_back({listener_.get(), POLLIN, 0});
  const std::size_t first_connection = events.size();
  std::vector<std::uint64_t> ids;
  for (const auto& [id, connection] : connections_) {
    const int wanted = connection.unsent.empty() ? POLLIN : POLLIN | POLLOUT;
    events.push_back({connection.socket.get(), static_cast<short>(wanted), 0});
    ids.push_back(id);
  }
  const int ready = ::poll(events.data(), events.size(), time_left_ms());
  if (ready < 0 && errno != EINTR) checked(ready, "fake_dns: poll");
  if (ready <= 0) return;
  stopping_ = events[0].revents != 0;
  if (events[1].revents != 0) read_datagrams();
  for (std::size_t at = 0; at < ids.size(); ++at) {
    const short seen = events[first_connection + at].revents;
    Connection& connection = connections_.at(ids[at]);
    if ((seen & POLLOUT) != 0) flush(connection);
    if ((seen & ~POLLOUT) != 0) read_connection(ids[at], connection);
  }
  if (options_.tcp && events[2].revents != 0) accept_connections();
}

int FakeDns::time_left_ms() const {
  if (delayed_.empty()) return -1;
  const auto left = delayed_.begin()->first - Clock::now();
  const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  return static_cast<int>(std::clamp<std::int64_t>(rounded, 0, 60'000));
}

/// Not until there is no more: delayed parts and connections have their turn.
void FakeDns::read_datagrams() {
  const std::size_t count = incoming_.receive(udp_.get());
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t port = incoming_.source_port(i);
    const auto query = take_query(incoming_.octets(i), Transport::udp, port);
    if (!query) continue;
    for (ReplyPart& part : responder_.reply_to(*query).parts) {
      const auto delay = part.delay;
      Delayed delayed{.part = std::move(part), .udp_port = port};
      if (delay.count() == 0) {
        deliver(std::move(delayed));
      } else {
        delayed_.emplace(Clock::now() + delay, std::move(delayed));
      }
    }
  }
}

void FakeDns::accept_connections() {
  while (true) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    FileDescriptor socket(::accept4(listener_.get(), reinterpret_cast<sockaddr*>(&peer), &size,
                                    SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket.is_open()) return;
    connections_.emplace(next_connection_++, Connection{.socket = std::move(socket),
                                                        .peer_port = ntohs(peer.sin_port)});
  }
}

void FakeDns::read_connection(std::uint64_t id, Connection& connection) {
  std::uint8_t buffer[4096];
  const ssize_t got = ::recv(connection.socket.get(), buffer, sizeof buffer, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    connection.socket.reset();
    return;
  }
  Octets& received = connection.received;
  received.insert(received.end(), buffer, buffer + got);
  while (received.size() >= 2) {
    const std::size_t end = 2 + (std::size_t{received[0]} << 8 | received[1]);
    if (received.size() < end) return;
    answer_over_tcp(id, connection, std::span(received).subspan(2, end - 2));
    received.erase(received.begin(), received.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

void FakeDns::answer_over_tcp(std::uint64_t id, Connection& connection,
                              std::span<const std::uint8_t> octets) {
  const auto query = take_query(octets, Transport::tcp, connection.peer_port);
  if (!query) return;
  Reply reply = responder_.reply_to(*query);
  connection.close_when_sent = connection.close_when_sent || reply.close;
  for (ReplyPart& part : reply.parts) {
    if (part.from_other_port) continue;
    ++connection.parts_due;
    const auto due = Clock::now() + part.delay;
    delayed_.emplace(due, Delayed{.part = std::move(part), .connection = id});
  }
}

void FakeDns::send_due_parts() {
  const auto now = delayed_.empty() ? Clock::time_point() : Clock::now();
  while (!delayed_.empty() && delayed_.begin()->first <= now) {
    deliver(std::move(delayed_.begin()->second));
    delayed_.erase(delayed_.begin());
  }
  outgoing_.flush();
}

void FakeDns::deliver(Delayed delayed) {
  ReplyPart& part = delayed.part;
  if (delayed.connection == 0) {
    const FileDescriptor& socket = part.from_other_port ? other_udp_ : udp_;
    return outgoing_.add(socket.get(), delayed.udp_port, std::move(part.octets));
  }
  const auto found = connections_.find(delayed.connection);
  if (found == connections_.end()) return;
  Connection& connection = found->second;
  --connection.parts_due;
  connection.unsent = concat(std::move(connection.unsent), framed(part));
  flush(connection);
}

void FakeDns::flush(Connection& connection) {
  const ssize_t sent = ::send(connection.socket.get(), connection.unsent.data(),
                              connection.unsent.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) connection.socket.reset();
  if (sent > 0)
    connection.unsent.erase(connection.unsent.begin(), connection.unsent.begin() + sent);
}

void FakeDns::remove_finished() {
  std::erase_if(connections_, [](const auto& entry) {
    const Connection& connection = entry.second;
    const bool all_sent = connection.unsent.empty() && connection.parts_due == 0;
    return !connection.socket.is_open() || (connection.close_when_sent && all_sent);
  });
}

std::optional<DnsQuery> FakeDns::take_query(std::span<const std::uint8_t> octets,
                                            Transport transport, std::uint16_t source_port) {
  auto query = parse_query(octets, transport);
  if (!options_.keep_log) return query;
  LoggedQuery logged{.transport = transport,
                     .source_port = source_port,
                     .octets = Octets(octets.begin(), octets.end())};
  if (query) {
    logged.name = name_text(query->name);
    logged.type = query->type;
  }
  const std::lock_guard lock(log_mutex_);
  log_.push_back(std::move(logged));
  return query;
}

}  // namespace persist::integration
