#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "base/expected.h"
#include "config/fault.h"

namespace persist::config {

/// Where the octets of a list come from.
class TextSource {
 public:
  TextSource() = default;
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;
  virtual ~TextSource() = default;

  /// Fills the front of `buffer`; 0 at the end.
  virtual Expected<std::size_t, Fault> read(std::span<char> buffer) = 0;
};

/// Opens a regular file, or standard input for `-`. Never waits for a FIFO or a device: they are
/// refused, and so is a symbolic link that leads out of its folder, which a stranger's change may
/// have put there to have our secrets read aloud. A file that changes while it is read gives a
/// fault at its end.
Expected<std::unique_ptr<TextSource>, Fault> open_source(const std::string& path);

/// A text that is already there.
std::unique_ptr<TextSource> make_source(std::string text);

}  // namespace persist::config
