#pragma once

#include <string>

namespace persist::dns {

/// The system call that failed. c-ares has one status for a closed port and for a lack of
/// descriptors; the error number tells them apart.
struct FailedCall {
  const char* name = nullptr;
  int error_number = 0;  ///< 0: the other side closed the connection

  /// Our own system refused: descriptors, memory, firewall. Else the network or the server did.
  bool is_local() const;
  /// Would pass once some descriptor is closed.
  bool lacks_descriptors() const;
  /// `socket: Too many open files`; the same in every locale.
  std::string to_text() const;
};

}  // namespace persist::dns
