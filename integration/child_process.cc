#include "integration/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "integration/file_descriptor.h"

namespace persist::integration {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  FileDescriptor read_end, write_end;
};

Pipe new_pipe() {
  int ends[2];
  checked(::pipe2(ends, O_CLOEXEC), "pipe2");
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  for (const std::string& word : words) out.push_back(const_cast<char*>(word.c_str()));
  out.push_back(nullptr);
  return out;
}

// What follows runs between fork and exec in a process that had threads: system calls only.

[[noreturn]] void give_up(const char* what) {
  const char* const reason = ::strerrordesc_np(errno);
  for (const char* text : {what, ": ", reason, "\n"}) {
    if (::write(STDERR_FILENO, text, std::strlen(text)) < 0) break;
  }
  ::_exit(126);
}

bool enter_mount_namespace() {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

void redirect(int descriptor, const Redirection& wanted, int captured) {
  if (wanted.closed) {
    ::close(descriptor);
    return;
  }
  if (wanted.path.empty() && captured >= 0) {
    if (::dup2(captured, descriptor) < 0) give_up("dup2");
    return;
  }
  const int mode = descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT;
  const char* const path = wanted.path.empty() ? "/dev/null" : wanted.path.c_str();
  const int opened = ::open(path, mode | O_CLOEXEC, 0600);
  if (opened < 0 || ::dup2(opened, descriptor) < 0) give_up(path);
}

[[noreturn]] void become(const Command& command, int captured_out, int captured_err,
                         char* const* arguments, char* const* environment) {
  ::setpgid(0, 0);
  if (command.mount) {
    const char* const target = command.mount->target.c_str();
    const char* const source = command.mount->source.c_str();
    if (!enter_mount_namespace()) give_up("mount namespace");
    if (::mount(source, target, nullptr, MS_BIND, nullptr) != 0) give_up(target);
  }
  if (::chdir(command.folder.c_str()) != 0) give_up(command.folder.c_str());
  redirect(STDIN_FILENO, command.descriptors[0], -1);
  redirect(STDOUT_FILENO, command.descriptors[1], captured_out);
  redirect(STDERR_FILENO, command.descriptors[2], captured_err);
  ::execve(command.program.c_str(), arguments, environment);
  give_up(command.program.c_str());
}

// ---- the parent's side

/// Reads what is there. Closes the pipe at its end.
void drain(FileDescriptor& pipe, std::string& text) {
  char buffer[65536];
  const ssize_t got = ::read(pipe.get(), buffer, sizeof buffer);
  if (got > 0) {
    text.append(buffer, static_cast<std::size_t>(got));
  } else if (got == 0 || errno != EINTR) {
    pipe.reset();
  }
}

/// Collects output until the child is gone and both pipes are at their end; false if time is up.
bool collect(FileDescriptor process, FileDescriptor out, FileDescriptor err, Clock::time_point end,
             CommandResult& result) {
  while (process.is_open() || out.is_open() || err.is_open()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    // poll passes over descriptors that are -1.
    pollfd events[] = {{process.get(), POLLIN, 0}, {out.get(), POLLIN, 0}, {err.get(), POLLIN, 0}};
    if (::poll(events, 3, static_cast<int>(left)) < 0) continue;
    if (events[1].revents != 0) drain(out, result.out);
    if (events[2].revents != 0) drain(err, result.err);
    if (events[0].revents != 0) process.reset();
  }
  return true;
}

std::string to_status(int wait_status) {
  if (WIFSIGNALED(wait_status)) return "signal " + std::to_string(WTERMSIG(wait_status));
  return std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace

CommandResult run_command(const Command& command) {
  const auto arguments = pointers_to(command.arguments);
  const auto environment = pointers_to(command.environment);
  Pipe out = new_pipe(), err = new_pipe();
  const auto start = Clock::now();
  const pid_t child = checked(::fork(), "fork");
  if (child == 0) {
    become(command, out.write_end.get(), err.write_end.get(), arguments.data(), environment.data());
  }
  ::setpgid(child, child);  // here too: whoever comes first
  out.write_end.reset();
  err.write_end.reset();
  FileDescriptor process(
      checked(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)), "pidfd_open"));
  CommandResult result;
  const bool ended = collect(std::move(process), std::move(out.read_end), std::move(err.read_end),
                             start + command.limit, result);
  result.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
  if (!ended) ::kill(-child, SIGKILL);
  int wait_status = 0;
  checked(::waitpid(child, &wait_status, 0), "waitpid");
  result.status = ended ? to_status(wait_status) : "killed after the time limit";
  return result;
}

bool can_bind_mount() {
  const pid_t child = checked(::fork(), "fork");
  if (child == 0) ::_exit(enter_mount_namespace() ? 0 : 1);
  int wait_status = 0;
  checked(::waitpid(child, &wait_status, 0), "waitpid");
  return wait_status == 0;
}

}  // namespace persist::integration
