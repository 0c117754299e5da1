#include "app/process.h"

#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "acme/system_timer.h"
#include "base/escape.h"
#include "report/file_sink.h"

namespace persist::app {
namespace {

constexpr std::size_t longest_file_octets = 65'536;

std::atomic<bool> stop_requested{false};
std::atomic<int> signal_received{0};
constexpr std::array<int, 2> caught_signals{SIGINT, SIGTERM};

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

void on_long_file(int) {
}

/// A write past the caller's limit shall fail, and be told of, not end the program. A program that
/// follows has the signal as the caller set it.
void survive_long_files() {
  if (std::signal(SIGXFSZ, on_long_file) == SIG_IGN) std::signal(SIGXFSZ, SIG_IGN);
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

/// Of the file itself, and of its folder, in which another one could be put in its place.
std::optional<std::string> distrust_file(const std::string& path) {
  if (geteuid() != 0) return {};
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  for (const std::string& place : {path, folder}) {
    struct stat status {};
    if (stat(place.c_str(), &status) != 0) continue;
    const bool is_sticky_folder = S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
    const bool others_write = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 && !is_sticky_folder;
    if (status.st_uid == 0 && !others_write) continue;
    return fmt::format("{} can be changed by others than root (owner {}, mode {:04o})",
                       escape(place), status.st_uid, status.st_mode & 07777U);
  }
  return {};
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

constexpr int not_found_status = static_cast<int>(ExitStatus::not_found);
constexpr int not_executable_status = static_cast<int>(ExitStatus::not_executable);

/// Signals that arrive from here on end the process by themselves, before or after the change.
int become(const std::vector<std::string>& arguments, char** environ, const Program& program) {
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  for (const int signal : caught_signals) sigaddset(&blocked, signal);
  sigprocmask(SIG_BLOCK, &blocked, &before);
  if (stop_requested) {
    sigprocmask(SIG_SETMASK, &before, nullptr);
    return EINTR;
  }
  for (const int signal : caught_signals) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    if (action.sa_handler == on_signal) std::signal(signal, SIG_DFL);
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (program.restore_limits != nullptr) program.restore_limits();
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): exec does not write to them
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execvpe(argv[0], argv.data(), environ);
  return errno;
}

/// A child that becomes the program. A signal that asks us to end is handed on to it.
int run_program(const std::vector<std::string>& arguments, char** environ, const Program& program) {
  const pid_t child = fork();
  if (child < 0) return not_executable_status;
  if (child == 0)
    _exit(become(arguments, environ, program) == ENOENT ? not_found_status : not_executable_status);
  int status = 0;
  bool is_told = false;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    if (stop_requested && !is_told) kill(child, signal_received);
    is_told = stop_requested;
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

int run_process(int argc, char** argv, char** environ, UnixTime now, const Program& program) {
  open_missing_standard_streams();
  survive_long_files();
  openlog(program.name.data(), LOG_PID, LOG_DAEMON);
  if (!program.ends_at_a_signal) {
    for (const int signal : caught_signals) catch_signal(signal);
  }
  report::FileSink out(STDOUT_FILENO);
  report::FileSink err(STDERR_FILENO);
  // With setuid the files of clients and settings would be read with rights that the caller lacks.
  if (getauxval(AT_SECURE) != 0) {
    err.write(fmt::format("{}: error: it must not have the setuid or setgid bit or capabilities\n",
                          program.name));
    static_cast<void>(err.flush());
    return static_cast<int>(ExitStatus::usage);
  }
  acme::SystemTimer timer(now);
  const Environment environment{
      .now = now,
      .out = out,
      .err = err,
      .variables = read_variables(environ),
      .make_resolver = program.make_resolver,
      .read_file = read_small_file,
      .distrust_file = distrust_file,
      .log = write_to_system_log,
      .show_errors = [&err] { static_cast<void>(err.flush()); },
      .make_http_client = program.make_http_client,
      .timer = &timer,
      .execute_acme_program = program.execute_acme_program,
      .stop = &stop_requested,
      .out_is_terminal = isatty(STDOUT_FILENO) == 1,
      .proc_folder = "/proc",
      .root = "",
      .replace_process =
          [&out, &err, environ, &program](const auto& command) {
            if (const int error = out.flush(); error != 0) return error;
            static_cast<void>(err.flush());
            return become(command, environ, program);
          },
      .run_program =
          [&out, &err, environ, &program](const auto& command) {
            // Else the child would write it once more.
            static_cast<void>(out.flush());
            static_cast<void>(err.flush());
            return run_program(command, environ, program);
          },
      .has_rights_to_give_up = has_rights_to_give_up(),
      .give_up_rights = give_up_rights,
      .run_without_rights =
          [&program](const Rights& rights, const NetworkWork& work, report::Sink& to_out,
                     report::Sink& to_err) {
            return run_without_rights(rights, work, to_out, to_err,
                                      {.program = program.name,
                                       .received_signal = [] { return signal_received.load(); }});
          }};
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
