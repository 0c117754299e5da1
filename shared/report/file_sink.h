#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "report/sink.h"

namespace persist::report {

/// A sink over an open file descriptor, which stays the caller's.
///
/// Buffers, carries on after EINTR, partial writes and a descriptor that is not ready, and keeps
/// the first errno (ENOSPC, EPIPE, EBADF, ...); what comes after a failure is dropped. SIGPIPE is
/// the program's business.
class FileSink final : public Sink {
 public:
  explicit FileSink(int descriptor);
  /// Does not write: only a flush whose answer is looked at proves that the report is out.
  ~FileSink() override = default;
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  void write(std::string_view octets) override;

  /// Hands over what is buffered. 0 if everything so far was written, else the first errno.
  [[nodiscard]] int flush();

 private:
  void hand_over(std::string_view octets);

  int descriptor_;
  int error_ = 0;
  std::string buffer_;
};

}  // namespace persist::report
