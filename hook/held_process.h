#pragma once

#include <string_view>

#include "base/expected.h"
#include "hook/process_tree.h"

namespace persist::hook {

/// A process of an ACME client that called us, held so that nothing that happens meanwhile can put
/// another one in its place.
class HeldProcess {
 public:
  /// Holds an ancestor of ours that `process` was found to be. Error, one line: it is PID 1, it has
  /// gone, it is somebody else's, it is no ancestor any more, or the system cannot hold processes
  /// (Linux before 5.3).
  static Expected<HeldProcess, std::string> hold(const Process& process);

  HeldProcess(HeldProcess&& other) noexcept;
  HeldProcess(const HeldProcess&) = delete;
  HeldProcess& operator=(const HeldProcess&) = delete;
  HeldProcess& operator=(HeldProcess&&) = delete;
  ~HeldProcess();

  /// True if the signal was sent.
  bool send(int signal) const;

  /// Writes to the standard error of the process, through a copy of its descriptor and only if that
  /// one may be written: opening it anew would give rights that its owner has not, and would begin
  /// at the start of a plain file. False if that cannot be done, or not within two seconds.
  bool write_to_standard_error(std::string_view text) const;

 private:
  explicit HeldProcess(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;  ///< a pidfd
};

}  // namespace persist::hook
