#include "dns/cares_channel.h"

// c-ares 1.34 deprecates calls that 1.18 has; the ones used here work alike in both.
#define CARES_NO_DEPRECATED
#include <ares.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <list>
#include <new>
#include <unordered_map>

#include "dns/message_stream.h"

namespace persist::dns {
namespace {

constexpr int wanted_receive_buffer_octets = 1 << 20;
constexpr std::size_t buffer_octets_per_answer =
    1024;  // the kernel counts its own bookkeeping, too
constexpr std::size_t capacity_before_first_query = 64;
constexpr std::size_t largest_datagram_octets = 65535;
constexpr std::size_t length_prefix_octets = 2;
constexpr std::size_t most_sockets = 16;  // one, but for moments

/// What ends a query in c-ares: header and question of the answer without any record. The code is
/// one that c-ares passes on as it is and leaves out of its latency statistics, from which 1.34
/// would derive time-outs far shorter than ours.
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
ssize_t send_patiently(ares_socket_t descriptor, std::span<const std::uint8_t> octets) {
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

struct CaresChannel::State {
  /// A query that c-ares carries.
  struct Ticket {
    State* state;
    std::uint32_t slot;
    const Lookup* lookup;
    std::uint16_t id = 0;
    std::vector<std::uint8_t> message{};
    std::list<Ticket>::iterator self{};
  };
  struct Socket {
    ares_socket_t descriptor;
    short events;
  };

  ServerAddress server;
  Transport transport;
  ares_channel channel = nullptr;
  std::list<Ticket> tickets{};
  std::unordered_map<std::uint16_t, Ticket*> by_id{};  ///< sent, and no message yet
  Ticket* sending = nullptr;                           ///< not on the wire yet
  std::vector<Socket> sockets{};
  std::vector<ChannelEvent> events{};
  FailedCall failed{};
  bool is_cancelled = false;
  std::size_t sent = 0;
  std::size_t capacity = capacity_before_first_query;
  std::unique_ptr<std::uint8_t[]> datagram{};  ///< UDP
  MessageStream stream{};                      ///< TCP: what has come
  std::vector<std::uint8_t> for_cares{};       ///< TCP: what c-ares has not fetched yet

  bool open(std::chrono::milliseconds try_timeout);

  // Called by c-ares, which knows no exceptions.
  static ares_socket_t open_socket(int domain, int type, int protocol, void* self) noexcept;
  static int close_socket(ares_socket_t descriptor, void* self) noexcept;
  static int connect_socket(ares_socket_t descriptor, const sockaddr* address,
                            ares_socklen_t length, void* self) noexcept;
  static ares_ssize_t receive(ares_socket_t descriptor, void* to, std::size_t room, int flags,
                              sockaddr* from, ares_socklen_t* from_length, void* self) noexcept;
  static ares_ssize_t send(ares_socket_t descriptor, const iovec* parts, int count,
                           void* self) noexcept;
  static void on_socket(void* self, ares_socket_t descriptor, int readable, int writable) noexcept;
  static void on_end(void* ticket, int status, int timeouts, unsigned char* octets,
                     int length) noexcept;

  int fail(const char* call);
  bool send_query(ares_socket_t descriptor, std::span<const iovec> parts);
  std::optional<std::size_t> keep_message(Octets octets, std::uint8_t* end_of_query);
  ares_ssize_t receive_datagram(ares_socket_t descriptor, std::uint8_t* to, sockaddr* from,
                                ares_socklen_t* from_length);
  ares_ssize_t receive_stream(ares_socket_t descriptor, std::uint8_t* to, std::size_t room);
  void keep_stream_messages();
};

// ---- opening

bool CaresChannel::State::open(std::chrono::milliseconds try_timeout) {
  sockets.reserve(most_sockets);
  if (transport == Transport::udp) {
    datagram = std::make_unique_for_overwrite<std::uint8_t[]>(largest_datagram_octets);
  }
  char lookups[] = "b";
  char no_file[] = "/dev/null";
  in_addr placeholder{};  // the real server follows; without one c-ares would look for a file
  ares_options options{};
  // Whatever is set here is not looked up in files and variables.
  options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP |
                  (transport == Transport::tcp ? ARES_FLAG_USEVC : 0);
  options.timeout = static_cast<int>(try_timeout.count());
  options.tries = 1;
  options.ndots = 1;
  options.servers = &placeholder;
  options.nservers = 1;
  options.lookups = lookups;
  options.resolvconf_path = no_file;
  options.sock_state_cb = on_socket;
  options.sock_state_cb_data = this;
  constexpr int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
                       ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_SORTLIST |
                       ARES_OPT_NOROTATE | ARES_OPT_RESOLVCONF | ARES_OPT_SOCK_STATE_CB;
  if (ares_init_options(&channel, &options, mask) != ARES_SUCCESS) return false;
  static const ares_socket_functions functions{.asocket = open_socket,
                                               .aclose = close_socket,
                                               .aconnect = connect_socket,
                                               .arecvfrom = receive,
                                               .asendv = send};
  ares_set_socket_functions(channel, &functions, this);
  return ares_set_servers_ports_csv(channel, to_text(server).c_str()) == ARES_SUCCESS;
}

// ---- sockets

int CaresChannel::State::fail(const char* call) {
  if (errno == EINTR) errno = EAGAIN;  // c-ares only knows the latter
  if (errno != EAGAIN) failed = {.name = call, .error_number = errno};
  return -1;
}

ares_socket_t CaresChannel::State::open_socket(int domain, int type, int protocol,
                                               void* self) noexcept {
  State& state = *static_cast<State*>(self);
  const int descriptor = ::socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (descriptor < 0) return state.fail("socket");
  if (state.transport == Transport::tcp) return descriptor;
  // The kernel grants what it likes, and counts twice what it grants.
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &wanted_receive_buffer_octets,
             sizeof wanted_receive_buffer_octets);
  int granted = 0;
  socklen_t length = sizeof granted;
  if (getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &granted, &length) == 0 && granted > 0) {
    state.capacity = 1 + static_cast<std::size_t>(granted) / buffer_octets_per_answer;
  }
  return descriptor;
}

int CaresChannel::State::close_socket(ares_socket_t descriptor, void* self) noexcept {
  State& state = *static_cast<State*>(self);
  std::erase_if(state.sockets, [&](const Socket& s) { return s.descriptor == descriptor; });
  state.stream.clear();
  state.for_cares.clear();
  return ::close(descriptor);
}

int CaresChannel::State::connect_socket(ares_socket_t descriptor, const sockaddr* address,
                                        ares_socklen_t length, void* self) noexcept {
  // A connected socket: the kernel drops what other addresses and ports send.
  if (::connect(descriptor, address, length) == 0) return 0;
  return errno == EINPROGRESS ? -1 : static_cast<State*>(self)->fail("connect");
}

void CaresChannel::State::on_socket(void* self, ares_socket_t descriptor, int readable,
                                    int writable) noexcept {
  auto& sockets = static_cast<State*>(self)->sockets;
  std::erase_if(sockets, [&](const Socket& s) { return s.descriptor == descriptor; });
  if (readable == 0 && writable == 0) return;
  const int wanted = (readable != 0 ? POLLIN : 0) | (writable != 0 ? POLLOUT : 0);
  sockets.push_back({descriptor, static_cast<short>(wanted)});
}

// ---- sending

/// Sends the query of `sending` in place of what c-ares made of it: 1.34 puts in an id of its own,
/// which is kept, and an EDNS option, which is not. True if all of it went out.
bool CaresChannel::State::send_query(ares_socket_t descriptor, std::span<const iovec> parts) {
  const std::size_t prefix = transport == Transport::tcp ? length_prefix_octets : 0;
  const iovec& head = parts.front();
  if (head.iov_len < prefix + 2) {
    errno = EMSGSIZE;
    return false;
  }
  sending->id = u16_at({static_cast<const std::uint8_t*>(head.iov_base), head.iov_len}, prefix);
  by_id.insert_or_assign(sending->id, sending);
  QueryBuffer buffer;
  const auto query = sending->lookup->query(sending->id, buffer);
  std::array<std::uint8_t, length_prefix_octets + std::tuple_size_v<QueryBuffer>> octets;
  octets[0] = static_cast<std::uint8_t>(query.size() >> 8U);
  octets[1] = static_cast<std::uint8_t>(query.size() & 0xFFU);
  std::copy(query.begin(), query.end(), octets.begin() + length_prefix_octets);
  const auto whole =
      std::span(octets).subspan(length_prefix_octets - prefix, prefix + query.size());
  const ssize_t sent_octets = send_patiently(descriptor, whole);
  // A part of so few octets at the start of a connection means that it is no use.
  if (sent_octets >= 0 && static_cast<std::size_t>(sent_octets) != whole.size()) errno = EPIPE;
  return static_cast<std::size_t>(sent_octets) == whole.size();
}

ares_ssize_t CaresChannel::State::send(ares_socket_t descriptor, const iovec* parts, int count,
                                       void* self) noexcept {
  State& state = *static_cast<State*>(self);
  std::size_t length = 0;
  for (int i = 0; i < count; ++i) length += parts[i].iov_len;
  // One try for each query, so c-ares has nothing else to send.
  if (state.sending == nullptr || length == 0) return static_cast<ares_ssize_t>(length);
  try {
    const std::span<const iovec> all(parts, static_cast<std::size_t>(count));
    if (!state.send_query(descriptor, all)) return state.fail("send");
  } catch (const std::bad_alloc&) {
    errno = ENOMEM;
    return state.fail("send");
  }
  state.sending = nullptr;
  return static_cast<ares_ssize_t>(length);
}

// ---- receiving

ares_ssize_t CaresChannel::State::receive(ares_socket_t descriptor, void* to, std::size_t room, int,
                                          sockaddr* from, ares_socklen_t* from_length,
                                          void* self) noexcept {
  State& state = *static_cast<State*>(self);
  auto* const out = static_cast<std::uint8_t*>(to);
  try {
    if (state.transport == Transport::tcp) return state.receive_stream(descriptor, out, room);
    if (room >= std::tuple_size_v<QueryBuffer>) {
      return state.receive_datagram(descriptor, out, from, from_length);
    }
    errno = EMSGSIZE;
  } catch (const std::bad_alloc&) {
    errno = ENOMEM;
  }
  return state.fail("recv");
}

/// If `octets` answer a query of ours: keeps them and writes what ends the query.
std::optional<std::size_t> CaresChannel::State::keep_message(Octets octets,
                                                             std::uint8_t* end_of_query) {
  if (octets.size() < header_octets) return {};
  const auto found = by_id.find(u16_at(octets, 0));
  if (found == by_id.end()) return {};
  Ticket& ticket = *found->second;
  if (!is_reply(octets, ticket.id, ticket.lookup->question())) return {};
  ticket.message.assign(octets.begin(), octets.end());
  by_id.erase(found);
  return write_end_of_query(end_of_query, ticket.id, ticket.lookup->question());
}

ares_ssize_t CaresChannel::State::receive_datagram(ares_socket_t descriptor, std::uint8_t* to,
                                                   sockaddr* from, ares_socklen_t* from_length) {
  // Whoever floods us with foreign datagrams does not keep us from time-outs and from stopping.
  constexpr int most_foreign_datagrams = 64;
  for (int i = 0; i < most_foreign_datagrams && !by_id.empty(); ++i) {
    const ssize_t length =
        ::recvfrom(descriptor, datagram.get(), largest_datagram_octets, 0, from, from_length);
    if (length < 0) return fail("recv");
    const auto ended = keep_message({datagram.get(), static_cast<std::size_t>(length)}, to);
    if (ended) return static_cast<ares_ssize_t>(*ended);
  }
  errno = EAGAIN;
  return -1;
}

ares_ssize_t CaresChannel::State::receive_stream(ares_socket_t descriptor, std::uint8_t* to,
                                                 std::size_t room) {
  while (for_cares.empty()) {
    const auto free = stream.room();
    const ssize_t length = ::recv(descriptor, free.data(), free.size(), 0);
    if (length < 0) return fail("recv");
    stream.advance(static_cast<std::size_t>(length));
    keep_stream_messages();
    if (length == 0 || stream.is_broken()) {
      failed = {};
      return 0;
    }
  }
  const std::size_t length = std::min(room, for_cares.size());
  std::copy_n(for_cares.begin(), length, to);
  for_cares.erase(for_cares.begin(), for_cares.begin() + static_cast<std::ptrdiff_t>(length));
  return static_cast<ares_ssize_t>(length);
}

void CaresChannel::State::keep_stream_messages() {
  while (!stream.is_broken()) {
    const auto message = stream.message();
    if (!message) return;
    QueryBuffer end_of_query;
    if (const auto ended = keep_message(*message, end_of_query.data())) {
      for_cares.push_back(static_cast<std::uint8_t>(*ended >> 8U));
      for_cares.push_back(static_cast<std::uint8_t>(*ended & 0xFFU));
      for_cares.insert(for_cares.end(), end_of_query.begin(),
                       end_of_query.begin() + static_cast<std::ptrdiff_t>(*ended));
    }
    stream.drop();
  }
}

// ---- the end of a query

void CaresChannel::State::on_end(void* argument, int status, int, unsigned char*, int) noexcept {
  Ticket& ticket = *static_cast<Ticket*>(argument);
  State& state = *ticket.state;
  const auto known = state.by_id.find(ticket.id);
  if (known != state.by_id.end() && known->second == &ticket) state.by_id.erase(known);
  if (state.sending == &ticket) state.sending = nullptr;
  if (!state.is_cancelled) {
    ChannelEvent event{.slot = ticket.slot, .kind = ChannelEvent::Kind::silence};
    if (!ticket.message.empty()) {
      event.kind = ChannelEvent::Kind::message;
      event.id = ticket.id;
      event.octets = std::move(ticket.message);
    } else if (status != ARES_ETIMEOUT) {
      event.kind = ChannelEvent::Kind::failure;
      event.failed = status == ARES_ENOMEM ? FailedCall{"c-ares", ENOMEM} : state.failed;
    }
    state.events.push_back(std::move(event));  // the room was made before the query went out
  }
  state.tickets.erase(ticket.self);
}

// ---- the channel

CaresChannel::CaresChannel(std::unique_ptr<State> state) : state_(std::move(state)) {
}

CaresChannel::~CaresChannel() {
  state_->is_cancelled = true;
  if (state_->channel != nullptr) ares_destroy(state_->channel);
}

std::unique_ptr<CaresChannel> CaresChannel::open(const ServerAddress& server, Transport transport,
                                                 std::chrono::milliseconds try_timeout) {
  std::unique_ptr<CaresChannel> channel(
      new CaresChannel(std::make_unique<State>(State{.server = server, .transport = transport})));
  if (!channel->state_->open(try_timeout)) throw std::bad_alloc();  // nothing else can fail there
  return channel;
}

const ServerAddress& CaresChannel::server() const {
  return state_->server;
}
Transport CaresChannel::transport() const {
  return state_->transport;
}
std::size_t CaresChannel::under_way() const {
  return state_->tickets.size();
}
bool CaresChannel::is_idle() const {
  return state_->tickets.empty() && state_->events.empty();
}
std::size_t CaresChannel::sent() const {
  return state_->sent;
}
std::size_t CaresChannel::capacity() const {
  return state_->capacity;
}

void CaresChannel::send(std::uint32_t slot, const Lookup& lookup, RandomIds& ids) {
  State& state = *state_;
  state.failed = {};
  state.events.reserve(state.events.size() + state.tickets.size() + 1);
  auto id = ids.next();
  while (id && state.by_id.contains(*id)) id = ids.next();
  if (!id) {
    state.events.push_back({.slot = slot,
                            .kind = ChannelEvent::Kind::failure,
                            .failed = {.name = "getrandom", .error_number = errno}});
    return;
  }
  state.tickets.push_front({.state = &state, .slot = slot, .lookup = &lookup});
  state.tickets.front().self = state.tickets.begin();
  state.sending = &state.tickets.front();
  ++state.sent;
  QueryBuffer buffer;
  const auto query = lookup.query(*id, buffer);
  ares_send(state.channel, query.data(), static_cast<int>(query.size()), State::on_end,
            &state.tickets.front());
}

void CaresChannel::add_poll_entries(std::vector<pollfd>& entries) const {
  for (const State::Socket& socket : state_->sockets) {
    entries.push_back({.fd = socket.descriptor, .events = socket.events, .revents = 0});
  }
}

std::chrono::milliseconds CaresChannel::wait_time(std::chrono::milliseconds longest) const {
  timeval most{.tv_sec = longest.count() / 1000, .tv_usec = longest.count() % 1000 * 1000};
  timeval due{};
  const timeval* const wait = ares_timeout(state_->channel, &most, &due);
  // Rounded up: a poll that ends just before the time-out would only go round once more.
  return std::chrono::milliseconds{wait->tv_sec * 1000 + (wait->tv_usec + 999) / 1000};
}

void CaresChannel::process(std::span<const pollfd> entries) {
  State& state = *state_;
  state.failed = {};
  constexpr int trouble = POLLERR | POLLHUP | POLLNVAL;
  bool is_processed = false;
  for (const pollfd& entry : entries) {
    if (entry.revents == 0) continue;
    is_processed = true;
    const bool readable = (entry.revents & (POLLIN | trouble)) != 0;
    const bool writable =
        (entry.events & POLLOUT) != 0 && (entry.revents & (POLLOUT | trouble)) != 0;
    ares_process_fd(state.channel, readable ? entry.fd : ARES_SOCKET_BAD,
                    writable ? entry.fd : ARES_SOCKET_BAD);
    // c-ares 1.18 fetches length and message in two steps, and the socket itself is read already.
    for (std::size_t left = 0; !state.for_cares.empty() && state.for_cares.size() != left;) {
      left = state.for_cares.size();
      ares_process_fd(state.channel, entry.fd, ARES_SOCKET_BAD);
    }
  }
  if (!is_processed) ares_process_fd(state.channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

std::vector<ChannelEvent> CaresChannel::take_events() {
  std::vector<ChannelEvent> events;
  if (state_->events.empty()) return events;
  // Room stays for the queries that are under way.
  std::vector<ChannelEvent> next;
  next.reserve(state_->tickets.size());
  events.swap(state_->events);
  state_->events.swap(next);
  return events;
}

void CaresChannel::cancel() {
  state_->is_cancelled = true;
  ares_cancel(state_->channel);
  state_->is_cancelled = false;
}

}  // namespace persist::dns
