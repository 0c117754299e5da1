#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace persist::config {

/// False where a sanitizer's own memory would be measured.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool memory_is_ours = false;
#else
inline constexpr bool memory_is_ours = true;
#endif

/// What a function gave in a process of its own, and what that took.
struct ChildResult {
  std::string text{};
  bool ended_well = false;
  double cpu_seconds = 0;
  long peak_kib = 0;
};

/// Runs `make_text` in a child, so that its rights, descriptors and memory are its own.
template <typename MakeText>
ChildResult run_in_child(MakeText make_text) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) std::abort();
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const std::string text = make_text();
    std::size_t at = 0;
    while (at < text.size()) {
      const ssize_t count = write(ends[1], text.data() + at, text.size() - at);
      if (count <= 0) _exit(1);
      at += static_cast<std::size_t>(count);
    }
    _exit(0);
  }
  close(ends[1]);
  ChildResult result;
  std::array<char, 4096> block{};
  for (ssize_t count = 0; (count = read(ends[0], block.data(), block.size())) > 0;) {
    result.text.append(block.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  result.ended_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  result.peak_kib = used.ru_maxrss;
  result.cpu_seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                       static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
  return result;
}

}  // namespace persist::config
