#include "app/process.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include <fmt/format.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/escape.h"
#include "report/file_sink.h"

namespace persist::app {
namespace {

constexpr std::size_t longest_file_octets = 65'536;

std::atomic<bool> stop_requested{false};
std::atomic<int> signal_received{0};

void on_signal(int signal) {
  signal_received = signal;
  stop_requested = true;
}

/// A signal that the caller ignores stays ignored: a shell starts background jobs so.
void catch_signal(int signal) {
  struct sigaction old {};
  sigaction(signal, nullptr, &old);
  if (old.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

/// Only for reading: what is written to it fails.
void open_missing_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is the one that is missing.
    if (open("/dev/null", O_RDONLY) == -1) _exit(static_cast<int>(ExitStatus::unknown));
  }
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

Expected<std::optional<std::string>, std::string> read_small_file(const std::string& path) {
  const auto problem = [&path](std::string_view what) {
    return Unexpected(fmt::format("{}: {}", escape(path), what));
  };
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (file.number() < 0) {
    if (errno == ENOENT) return std::optional<std::string>();
    return problem(std::strerror(errno));
  }
  struct stat status {};
  if (fstat(file.number(), &status) != 0) return problem(std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return problem("not a regular file");
  std::string text(longest_file_octets + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return problem(std::strerror(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > longest_file_octets) return problem("longer than 64 KiB");
  text.resize(size);
  return std::optional<std::string>(std::move(text));
}

/// As one line of at most 4096 octets; the name of the program stands in front.
void write_to_system_log(report::Severity severity, std::string_view line) {
  constexpr std::size_t longest_line_octets = 4096;
  const std::string text = escape(line, longest_line_octets);
  syslog(LOG_DAEMON | (severity == report::Severity::error ? LOG_ERR : LOG_WARNING), "%s",
         text.c_str());
}

std::vector<std::pair<std::string, std::string>> read_variables(char** environ) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

}  // namespace

int run_process(int argc, char** argv, char** environ, UnixTime now, const Program& program) {
  open_missing_standard_streams();
  catch_signal(SIGINT);
  catch_signal(SIGTERM);
  openlog(program.name.data(), LOG_PID, LOG_DAEMON);
  report::FileSink out(STDOUT_FILENO);
  report::FileSink err(STDERR_FILENO);
  const Environment environment{.now = now,
                                .out = out,
                                .err = err,
                                .variables = read_variables(environ),
                                .make_resolver = program.make_resolver,
                                .read_file = read_small_file,
                                .log = write_to_system_log,
                                .stop = &stop_requested,
                                .out_is_terminal = isatty(STDOUT_FILENO) == 1};
  const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  ExitStatus status = ExitStatus::unknown;
  try {
    status = program.run(arguments, environment);
  } catch (const std::bad_alloc&) {
    err.write(fmt::format("{}: error: out of memory\n", program.name));
  } catch (const std::exception& error) {
    err.write(fmt::format("{}: error: internal error: {}\n", program.name, escape(error.what())));
  }
  if (const int error = out.flush(); error != 0) {
    err.write(fmt::format("{}: error: the output could not be written: {}\n", program.name,
                          std::strerror(error)));
    status = worse(status, ExitStatus::unknown);
    if (status != ExitStatus::usage) status = ExitStatus::unknown;
  }
  // Nobody is left to tell if this fails.
  static_cast<void>(err.flush());
  if (const int signal = signal_received; signal != 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  return static_cast<int>(status);
}

}  // namespace persist::app
