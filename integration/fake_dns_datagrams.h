#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "integration/fake_dns_message.h"

namespace persist::integration {

/// Receives up to 64 datagrams of any size with one system call.
class DatagramReader {
 public:
  DatagramReader();

  /// From a non-blocking socket; the number of datagrams.
  std::size_t receive(int socket);
  /// Of the last call.
  std::span<const std::uint8_t> octets(std::size_t datagram) const;
  std::uint16_t source_port(std::size_t datagram) const;

 private:
  static constexpr std::size_t most = 64;
  static constexpr std::size_t room = 65536;  ///< only what is used is memory

  std::unique_ptr<std::uint8_t[]> octets_;
  std::array<sockaddr_in, most> peers_{};
  std::array<iovec, most> parts_{};
  std::array<mmsghdr, most> headers_{};
};

/// Sends datagrams to ports of 127.0.0.1 in the order in which they were added, up to 64 with one
/// system call. A peer that is gone, or a full buffer, is packet loss.
class DatagramWriter {
 public:
  DatagramWriter();

  void add(int socket, std::uint16_t port, Octets octets);
  void flush();

 private:
  static constexpr std::size_t most = 64;

  int socket_ = -1;
  std::size_t count_ = 0;
  std::array<Octets, most> octets_{};
  std::array<sockaddr_in, most> peers_{};
  std::array<iovec, most> parts_{};
  std::array<mmsghdr, most> headers_{};
};

}  // namespace persist::integration
