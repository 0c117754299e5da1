#include "hook/held_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

namespace persist::hook {
namespace {

constexpr std::chrono::milliseconds patience{2000};
/// What a pipe that is ready takes without waiting. Source: pipe(7), PIPE_BUF.
constexpr std::size_t ready_octets = 4096;

// The C library of Debian 12 has no functions of these names for static programs.
int pidfd_open(int pid) {
  return static_cast<int>(syscall(SYS_pidfd_open, pid, 0U));
}
int pidfd_getfd(int pidfd, int descriptor) {
  return static_cast<int>(syscall(SYS_pidfd_getfd, pidfd, descriptor, 0U));
}
int pidfd_send_signal(int pidfd, int signal) {
  return static_cast<int>(syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0U));
}

bool is_same(const Process& a, const Process& b) {
  return a.pid == b.pid && a.start_time == b.start_time;
}

bool is_ancestor_of_ours(const ProcessTree& tree, const Process& process) {
  const auto self = tree.self();
  if (!self) return false;
  const auto ancestors = tree.ancestors(*self);
  return std::any_of(ancestors.begin(), ancestors.end(),
                     [&](const Process& ancestor) { return is_same(ancestor, process); });
}

/// Root may signal everybody, but a client that called us runs as we do.
bool is_of_our_user(const ProcessTree& tree, const Process& process) {
  const auto self = tree.self();
  return self &&
         (process.real_user == self->real_user || process.real_user == self->effective_user);
}

bool is_writable(int descriptor) {
  const int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0 || (flags & O_PATH) != 0) return false;
  return (flags & O_ACCMODE) == O_WRONLY || (flags & O_ACCMODE) == O_RDWR;
}

/// Nobody waits for a terminal that was stopped, or a pipe that nobody empties.
bool write_patiently(int descriptor, std::string_view text) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!text.empty()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
    const int count = poll(&ready, 1, static_cast<int>(left.count()));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || (ready.revents & POLLOUT) == 0) return false;
    const auto written = write(descriptor, text.data(), std::min(text.size(), ready_octets));
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Lets a write fail where it would end or stop us; for the life of this object.
class DeafToWriteSignals {
 public:
  DeafToWriteSignals()
      : pipe_(std::signal(SIGPIPE, SIG_IGN)), terminal_(std::signal(SIGTTOU, SIG_IGN)) {}
  ~DeafToWriteSignals() {
    std::signal(SIGPIPE, pipe_);
    std::signal(SIGTTOU, terminal_);
  }
  DeafToWriteSignals(const DeafToWriteSignals&) = delete;
  DeafToWriteSignals& operator=(const DeafToWriteSignals&) = delete;

 private:
  void (*pipe_)(int);
  void (*terminal_)(int);
};

}  // namespace

Expected<HeldProcess, std::string> HeldProcess::hold(const Process& process) {
  if (process.pid <= 1) return Unexpected(std::string("it is the first process of the system"));
  const int descriptor = pidfd_open(process.pid);
  if (descriptor < 0) return Unexpected(std::string(std::strerror(errno)));
  HeldProcess held(descriptor);
  const ProcessTree tree;
  // Looked at only now: what is held from here on cannot be replaced behind the look.
  const auto found = tree.find(process.pid);
  if (!found || !is_same(*found, process)) return Unexpected(std::string("it has gone"));
  if (!is_ancestor_of_ours(tree, *found)) {
    return Unexpected(std::string("it is no ancestor of this process any more"));
  }
  if (!is_of_our_user(tree, *found)) return Unexpected(std::string("it runs as another user"));
  return held;
}

HeldProcess::HeldProcess(HeldProcess&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {
}

HeldProcess::~HeldProcess() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool HeldProcess::send(int signal) const {
  return pidfd_send_signal(descriptor_, signal) == 0;
}

bool HeldProcess::write_to_standard_error(std::string_view text) const {
  const int copy = pidfd_getfd(descriptor_, STDERR_FILENO);
  if (copy < 0) return false;
  const DeafToWriteSignals deaf;
  const bool is_written = is_writable(copy) && write_patiently(copy, text);
  close(copy);
  return is_written;
}

}  // namespace persist::hook
