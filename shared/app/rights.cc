#include "app/rights.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <linux/capability.h>
#include <poll.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstring>

#include "base/ascii.h"
#include "base/escape.h"
#include "report/file_sink.h"

namespace persist::app {
namespace {

std::optional<unsigned> to_number(std::string_view text) {
  unsigned number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return {};
  return number;
}

/// The user of one line, `name:password:user:group:...`, if that is the one; by name or number.
std::optional<Rights> read_line(std::string_view line, std::string_view name) {
  std::array<std::string_view, 4> fields{};
  std::size_t count = 0;
  for (const std::string_view field : split(line, ':')) {
    if (count == fields.size()) break;
    fields[count++] = field;
  }
  if (count < fields.size() || (fields[0] != name && fields[2] != name)) return {};
  const auto user = to_number(fields[2]);
  const auto group = to_number(fields[3]);
  if (!user || !group) return {};
  return Rights{*user, *group};
}

// ---- From child to parent: which sink, how many octets, the octets.

enum class Stream : std::uint8_t { out = 1, err = 2 };

struct FrameHead {
  Stream stream;
  std::uint32_t size;
};

/// No text of ours is as long; a child that sends more is none of ours any more.
constexpr std::uint32_t longest_frame_octets = 1U << 20U;

class FrameSink final : public report::Sink {
 public:
  FrameSink(report::FileSink& pipe, Stream stream) : pipe_(pipe), stream_(stream) {}

  void write(std::string_view octets) override {
    while (!octets.empty()) {
      const std::string_view part = octets.substr(0, longest_frame_octets);
      FrameHead head{};
      std::memset(&head, 0, sizeof head);
      head.stream = stream_;
      head.size = static_cast<std::uint32_t>(part.size());
      pipe_.write({reinterpret_cast<const char*>(&head), sizeof head});
      pipe_.write(part);
      // What fails is that nobody listens any more.
      if (pipe_.flush() != 0) ::_exit(static_cast<int>(ExitStatus::unknown));
      octets.remove_prefix(part.size());
    }
  }

 private:
  report::FileSink& pipe_;
  Stream stream_;
};

[[noreturn]] void work_as_child(const Rights& rights, const NetworkWork& work,
                                report::FileSink& pipe, std::string_view program) {
  FrameSink out(pipe, Stream::out);
  FrameSink err(pipe, Stream::err);
  ExitStatus status = ExitStatus::unknown;
  try {
    if (const auto problem = give_up_rights(rights)) {
      err.write(fmt::format("{}: error: {}\n", program, *problem));
    } else {
      status = work(out, err);
    }
  } catch (const std::bad_alloc&) {
    err.write(fmt::format("{}: error: out of memory\n", program));
  } catch (const std::exception& error) {
    err.write(fmt::format("{}: error: internal error: {}\n", program, escape(error.what())));
  }
  ::_exit(static_cast<int>(status));
}

/// How late a signal may be handed on.
constexpr int longest_wait_milliseconds = 200;

/// The parent's side of the pipe.
class Listener {
 public:
  Listener(pid_t child, int pipe, const ChildSettings& settings)
      : child_(child), pipe_(pipe), settings_(settings) {}

  /// False at the end of what the child says, or if that is nothing that it should.
  bool take(report::Sink& out, report::Sink& err) {
    FrameHead head{};
    if (!read_whole(&head, sizeof head) || head.size > longest_frame_octets) return false;
    text_.resize(head.size);
    if (!read_whole(text_.data(), head.size)) return false;
    (head.stream == Stream::out ? out : err).write(text_);
    return true;
  }

  int wait() {
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) hand_signal_on();
    return status;
  }

 private:
  void hand_signal_on() {
    const int signal = settings_.received_signal();
    if (signal != 0 && !is_told_) ::kill(child_, signal);
    is_told_ = is_told_ || signal != 0;
  }

  bool read_whole(void* into, std::size_t size) {
    char* next = static_cast<char*>(into);
    while (size > 0) {
      // A signal may come just before the wait begins, which then is not cut short by it.
      hand_signal_on();
      pollfd readable{.fd = pipe_, .events = POLLIN, .revents = 0};
      const int ready = ::poll(&readable, 1, longest_wait_milliseconds);
      if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
      const ssize_t done = ::read(pipe_, next, size);
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) return false;
      next += done;
      size -= static_cast<std::size_t>(done);
    }
    return true;
  }

  pid_t child_;
  int pipe_;
  const ChildSettings& settings_;
  bool is_told_ = false;
  std::string text_{};
};

ExitStatus to_exit_status(int status, report::Sink& err, std::string_view program) {
  if (WIFSIGNALED(status)) {
    err.write(fmt::format("{}: error: the process that asks DNS was ended by signal {}\n", program,
                          WTERMSIG(status)));
    return ExitStatus::unknown;
  }
  const auto said = static_cast<ExitStatus>(WEXITSTATUS(status));
  const bool is_known = said == ExitStatus::ok || said == ExitStatus::refused ||
                        said == ExitStatus::usage || said == ExitStatus::unknown;
  return is_known ? said : ExitStatus::unknown;
}

}  // namespace

Expected<Rights, std::string> find_rights(std::string_view name, std::string_view passwd) {
  std::optional<Rights> found;
  for (const std::string_view line : split(passwd, '\n')) {
    found = read_line(line, name);
    if (found) break;
  }
  if (!found) {
    if (const auto number = to_number(name)) found = Rights{*number, *number};
  }
  if (!found) return Unexpected(fmt::format("no user {} in /etc/passwd", quote(name, 80)));
  if (found->user == 0 || found->group == 0) {
    return Unexpected(fmt::format("user {} has root's rights", quote(name, 80)));
  }
  return *found;
}

bool has_rights_to_give_up() {
  return ::getauxval(AT_EUID) == 0;
}

std::optional<std::string> give_up_rights(const Rights& rights) {
  // Root of a container need not be able to; then there is little to give up.
  if (::prctl(PR_CAPBSET_READ, CAP_SETUID, 0, 0, 0) == 0) return {};
  constexpr rlimit none{.rlim_cur = 0, .rlim_max = 0};
  const bool is_done =
      ::setgroups(0, nullptr) == 0 && ::setresgid(rights.group, rights.group, rights.group) == 0 &&
      ::setresuid(rights.user, rights.user, rights.user) == 0 &&
      ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::setrlimit(RLIMIT_CORE, &none) == 0;
  if (is_done && ::setuid(0) != 0) return {};
  const int error = errno;
  return fmt::format("user {} could not be become, to ask DNS without root's rights: {}",
                     rights.user, is_done ? "root can be got back" : std::strerror(error));
}

ExitStatus run_without_rights(const Rights& rights, const NetworkWork& work, report::Sink& out,
                              report::Sink& err, const ChildSettings& settings) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    err.write(fmt::format("{}: error: no pipe: {}\n", settings.program, std::strerror(errno)));
    return ExitStatus::unknown;
  }
  // It asks for memory: before the fork, as no exception may leave the child.
  report::FileSink pipe(ends[1]);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    work_as_child(rights, work, pipe, settings.program);
  }
  const int error = errno;
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    err.write(fmt::format("{}: error: no process: {}\n", settings.program, std::strerror(error)));
    return ExitStatus::unknown;
  }
  Listener listener(child, ends[0], settings);
  while (listener.take(out, err)) {
  }
  ::close(ends[0]);
  return to_exit_status(listener.wait(), err, settings.program);
}

}  // namespace persist::app
