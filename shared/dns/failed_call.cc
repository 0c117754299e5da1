#include "dns/failed_call.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace persist::dns {

bool FailedCall::is_local() const {
  switch (error_number) {
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
    case EPERM:
    case EACCES:
    case EAFNOSUPPORT:
    case EADDRNOTAVAIL:
      return true;
    default:
      return false;
  }
}

bool FailedCall::lacks_descriptors() const {
  return error_number == EMFILE || error_number == ENFILE;
}

std::string FailedCall::to_text() const {
  if (error_number == 0) return "connection closed";
  const char* const text = strerrordesc_np(error_number);
  return fmt::format("{}: {}", name, text == nullptr ? "unknown error" : text);
}

}  // namespace persist::dns
