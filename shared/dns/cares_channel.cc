#include "dns/cares_channel.h"

// c-ares 1.34 deprecates calls that 1.18 has; the ones used here work alike in both.
#define CARES_NO_DEPRECATED
#include <ares.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <list>
#include <new>

#include "dns/exchange.h"

namespace persist::dns {

struct CaresChannel::State {
  /// A query that c-ares carries.
  struct Ticket {
    State* state;
    std::uint32_t slot;
    Exchange::PendingQuery query;
    std::list<Ticket>::iterator self{};
  };
  struct Socket {
    int descriptor;
    short events;
  };

  ServerAddress server;
  Transport transport;
  Exchange exchange{transport};
  ares_channel channel = nullptr;
  std::list<Ticket> tickets{};
  std::vector<Socket> sockets{};
  std::vector<ChannelEvent> events{};
  bool is_cancelled = false;
  std::size_t sent = 0;

  bool open(std::chrono::milliseconds try_timeout);
  void watch(int descriptor, bool readable, bool writable);
  void forget(int descriptor);
  void end(Ticket& ticket, int status);
};

namespace {

constexpr std::size_t most_sockets = 16;  // one, but for moments

}  // namespace

bool CaresChannel::State::open(std::chrono::milliseconds try_timeout) {
  sockets.reserve(most_sockets);
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
  options.sock_state_cb = [](void* self, ares_socket_t descriptor, int readable, int writable) {
    static_cast<State*>(self)->watch(descriptor, readable != 0, writable != 0);
  };
  options.sock_state_cb_data = this;
  constexpr int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
                       ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_SORTLIST |
                       ARES_OPT_NOROTATE | ARES_OPT_RESOLVCONF | ARES_OPT_SOCK_STATE_CB;
  if (ares_init_options(&channel, &options, mask) != ARES_SUCCESS) return false;
  static const ares_socket_functions functions{
      .asocket = [](int domain, int type, int protocol, void* self) -> ares_socket_t {
        return static_cast<State*>(self)->exchange.open_socket(domain, type, protocol);
      },
      .aclose = [](ares_socket_t descriptor, void* self) -> int {
        static_cast<State*>(self)->forget(descriptor);
        return static_cast<State*>(self)->exchange.close_socket(descriptor);
      },
      .aconnect = [](ares_socket_t descriptor, const sockaddr* address, ares_socklen_t length,
                     void* self) -> int {
        return static_cast<State*>(self)->exchange.connect_socket(descriptor, address, length);
      },
      .arecvfrom = [](ares_socket_t descriptor, void* to, std::size_t room, int, sockaddr* from,
                      ares_socklen_t* from_length, void* self) -> ares_ssize_t {
        return static_cast<State*>(self)->exchange.receive(
            descriptor, {static_cast<std::uint8_t*>(to), room}, from, from_length);
      },
      .asendv = [](ares_socket_t descriptor, const iovec* parts, int count,
                   void* self) -> ares_ssize_t {
        return static_cast<State*>(self)->exchange.send(descriptor,
                                                        {parts, static_cast<std::size_t>(count)});
      }};
  ares_set_socket_functions(channel, &functions, this);
  return ares_set_servers_ports_csv(channel, to_text(server).c_str()) == ARES_SUCCESS;
}

void CaresChannel::State::forget(int descriptor) {
  std::erase_if(sockets, [=](const Socket& socket) { return socket.descriptor == descriptor; });
}

void CaresChannel::State::watch(int descriptor, bool readable, bool writable) {
  forget(descriptor);
  if (!readable && !writable) return;
  const int wanted = (readable ? POLLIN : 0) | (writable ? POLLOUT : 0);
  sockets.push_back({descriptor, static_cast<short>(wanted)});
}

void CaresChannel::State::end(Ticket& ticket, int status) {
  exchange.end(ticket.query);
  if (!is_cancelled) {
    ChannelEvent event{.slot = ticket.slot, .kind = ChannelEvent::Kind::silence};
    if (!ticket.query.message.empty()) {
      event.kind = ChannelEvent::Kind::message;
      event.id = ticket.query.id;
      event.octets = std::move(ticket.query.message);
    } else if (status != ARES_ETIMEOUT) {
      event.kind = ChannelEvent::Kind::failure;
      event.failed = status == ARES_ENOMEM ? FailedCall{"c-ares", ENOMEM} : exchange.failed();
    }
    events.push_back(std::move(event));  // the room was made before the query went out
  }
  tickets.erase(ticket.self);
}

CaresChannel::CaresChannel(std::unique_ptr<State> state) : state_(std::move(state)) {
}

CaresChannel::~CaresChannel() {
  state_->is_cancelled = true;
  if (state_->channel != nullptr) ares_destroy(state_->channel);
}

std::unique_ptr<CaresChannel> CaresChannel::open(const ServerAddress& server, Transport transport,
                                                 std::chrono::milliseconds try_timeout) {
  std::unique_ptr<CaresChannel> channel(new CaresChannel(
      std::unique_ptr<State>(new State{.server = server, .transport = transport})));
  // Nothing else can fail there.
  if (!channel->state_->open(try_timeout)) throw std::bad_alloc();
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
  return state_->exchange.capacity();
}

void CaresChannel::send(std::uint32_t slot, const Lookup& lookup, RandomIds& ids) {
  State& state = *state_;
  state.exchange.forget_failure();
  state.events.reserve(state.events.size() + state.tickets.size() + 1);
  auto id = ids.next();
  while (id && state.exchange.is_awaited(*id)) id = ids.next();
  if (!id) {
    state.events.push_back({.slot = slot,
                            .kind = ChannelEvent::Kind::failure,
                            .failed = {.name = "getrandom", .error_number = errno}});
    return;
  }
  state.tickets.push_front({.state = &state, .slot = slot, .query = {.lookup = &lookup}});
  State::Ticket& ticket = state.tickets.front();
  ticket.self = state.tickets.begin();
  state.exchange.begin(ticket.query);
  ++state.sent;
  QueryBuffer buffer;
  const auto query = lookup.query(*id, buffer);
  constexpr auto on_end = [](void* argument, int status, int, unsigned char*, int) {
    State::Ticket& ended = *static_cast<State::Ticket*>(argument);
    ended.state->end(ended, status);
  };
  ares_send(state.channel, query.data(), static_cast<int>(query.size()), on_end, &ticket);
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
  state.exchange.forget_failure();
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
    for (std::size_t before = 0; state.exchange.unfetched() != before;) {
      before = state.exchange.unfetched();
      if (before != 0) ares_process_fd(state.channel, entry.fd, ARES_SOCKET_BAD);
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
