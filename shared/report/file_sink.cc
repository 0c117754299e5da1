#include "report/file_sink.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace persist::report {
namespace {

constexpr std::size_t buffer_octets = std::size_t{256} * 1024;

/// Waits until a non-blocking descriptor takes more; 0, or an errno.
int wait_until_writable(int descriptor) {
  pollfd waiting{.fd = descriptor, .events = POLLOUT, .revents = 0};
  while (::poll(&waiting, 1, -1) < 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

}  // namespace

FileSink::FileSink(int descriptor) : descriptor_(descriptor) {
  buffer_.reserve(buffer_octets);
}

void FileSink::write(std::string_view octets) {
  if (buffer_.size() + octets.size() > buffer_octets) {
    hand_over(buffer_);
    buffer_.clear();
  }
  if (octets.size() > buffer_octets) {
    hand_over(octets);
  } else {
    buffer_ += octets;  // within the reserved room: cannot throw
  }
}

int FileSink::flush() {
  hand_over(buffer_);
  buffer_.clear();
  return error_;
}

void FileSink::hand_over(std::string_view octets) {
  while (error_ == 0 && !octets.empty()) {
    const ssize_t written = ::write(descriptor_, octets.data(), octets.size());
    if (written > 0) {
      octets.remove_prefix(static_cast<std::size_t>(written));
    } else if (written == 0) {
      error_ = EIO;  // nothing taken and no reason given: trying again could go on for ever
    } else if (errno == EAGAIN) {
      error_ = wait_until_writable(descriptor_);
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

}  // namespace persist::report
