#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "dns/wire.h"

namespace persist::dns {

/// Receives up to 64 datagrams of any size with one system call.
class DatagramBatch {
 public:
  DatagramBatch();

  /// From a non-blocking socket. The number of datagrams, or -1 and errno.
  int receive(int descriptor);
  /// One of the last call.
  Octets operator[](std::size_t index) const;
  static constexpr int size = 64;

 private:
  static constexpr std::size_t room =
      65535;  ///< no datagram is larger; only what is used is memory
  std::unique_ptr<std::uint8_t[]> octets_;
  std::array<iovec, size> parts_{};
  std::array<mmsghdr, size> headers_{};
};

}  // namespace persist::dns
