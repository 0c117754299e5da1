#include "dns/udp_port.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace persist::dns {
namespace {

constexpr int wanted_receive_buffer_octets = 1 << 20;
constexpr std::size_t buffer_octets_per_answer =
    1024;  // the kernel counts its own bookkeeping, too
constexpr int longest_send_wait_ms = 100;

bool connect_to(int descriptor, const ServerAddress& server) {
  if (server.is_ipv6) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(server.port);
    std::memcpy(&address.sin6_addr, server.address.data(), sizeof address.sin6_addr);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the form of the system call
    return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port);
  std::memcpy(&address.sin_addr, server.address.data(), sizeof address.sin_addr);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the form of the system call
  return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// Asks for a large receive buffer; the kernel grants what it likes, and counts twice what it
/// grants.
std::size_t widen(int descriptor) {
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &wanted_receive_buffer_octets,
             sizeof wanted_receive_buffer_octets);
  int granted = 0;
  socklen_t length = sizeof granted;
  getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &granted, &length);
  return 1 + static_cast<std::size_t>(std::max(granted, 0)) / buffer_octets_per_answer;
}

}  // namespace

UdpPort::UdpPort(int descriptor)
    : descriptor_(descriptor), capacity_(widen(descriptor)), slots_(0x10000, nobody) {
}

UdpPort::~UdpPort() {
  ::close(descriptor_);
}

std::unique_ptr<UdpPort> UdpPort::open(const ServerAddress& server, FailedCall& failed) {
  const int descriptor =
      ::socket(server.is_ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    failed = {.name = "socket", .error_number = errno};
    return nullptr;
  }
  std::unique_ptr<UdpPort> port(new UdpPort(descriptor));
  if (!connect_to(descriptor, server)) {
    failed = {.name = "connect", .error_number = errno};
    return nullptr;
  }
  return port;
}

std::optional<std::uint16_t> UdpPort::await(SlotNumber slot, RandomIds& ids) {
  auto id = ids.next();
  while (id && slots_[*id] != nobody) id = ids.next();
  if (!id) return {};
  slots_[*id] = static_cast<std::uint16_t>(slot);
  ++awaited_;
  return id;
}

void UdpPort::forget(std::uint16_t id) {
  slots_[id] = nobody;
  --awaited_;
}

std::optional<UdpPort::SlotNumber> UdpPort::slot_of(std::uint16_t id) const {
  if (slots_[id] == nobody) return {};
  return slots_[id];
}

void UdpPort::queue(SlotNumber slot, std::uint16_t id, std::size_t length) {
  batch_[queued_].slot = slot;
  batch_[queued_].id = id;
  batch_[queued_].length = length;
  ++queued_;
  ++sent_;
}

std::vector<UdpPort::Unsent> UdpPort::flush() {
  std::array<iovec, batch_size> parts{};
  std::array<mmsghdr, batch_size> headers{};
  for (std::size_t i = 0; i < queued_; ++i) {
    parts[i] = {.iov_base = batch_[i].octets.data(), .iov_len = batch_[i].length};
    headers[i].msg_hdr.msg_iov = &parts[i];
    headers[i].msg_hdr.msg_iovlen = 1;
  }
  std::vector<Unsent> unsent;
  bool has_waited = false;
  for (std::size_t done = 0; done < queued_;) {
    const int sent = ::sendmmsg(descriptor_, headers.data() + done,
                                static_cast<unsigned>(queued_ - done), MSG_NOSIGNAL);
    if (sent > 0) {
      done += static_cast<std::size_t>(sent);
    } else if (errno == EAGAIN && !has_waited) {
      // A full send buffer drains in no time.
      pollfd entry{.fd = descriptor_, .events = POLLOUT, .revents = 0};
      ::poll(&entry, 1, longest_send_wait_ms);
      has_waited = true;
    } else if (errno != EINTR) {
      const int number = errno == EAGAIN ? ENOBUFS : errno;
      unsent.push_back(
          {batch_[done].slot, batch_[done].id, {.name = "send", .error_number = number}});
      ++done;
    }
  }
  queued_ = 0;
  return unsent;
}

}  // namespace persist::dns
