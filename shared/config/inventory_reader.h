#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/expected.h"
#include "config/config_error.h"
#include "config/inventory.h"

namespace persist::config {

/// How a list is written; names: a bare text file, one name a line, `#` begins a comment.
enum class ListFormat { yaml, names };

/// Bounds of a list; beyond them it is refused.
struct ReaderLimits {
  std::uint64_t octets = 512ULL * 1024 * 1024;
  std::size_t depth = 16;
  std::size_t scalar_octets = 4096;
  std::size_t key_octets = 256;
  std::size_t entries = 2'000'000;
  bool scan_entries = true;  ///< false: yaml-cpp reads plain entries too, with the same result
};

/// Settings, then entry after entry; the list is never held.
class InventoryReader {
 public:
  /// Opens a regular file, or standard input for `-`; reads the settings. Names in errors are
  /// `path` as given. Neither a FIFO, a device nor a symbolic link that leads out of its folder is
  /// opened.
  static Expected<InventoryReader, ConfigError> open(const std::string& path, ListFormat format,
                                                     const ReaderLimits& limits = {});
  /// The same for text that is already there.
  static Expected<InventoryReader, ConfigError> from_text(std::string name, std::string text,
                                                          ListFormat format,
                                                          const ReaderLimits& limits = {});
  InventoryReader(InventoryReader&&) noexcept;
  InventoryReader& operator=(InventoryReader&&) noexcept;
  ~InventoryReader();

  const Settings& settings() const;

  /// The next entry; empty at the end. A list without any entry is an error. An error is final.
  Expected<std::optional<DomainEntry>, ConfigError> next();

 private:
  class List;
  explicit InventoryReader(std::unique_ptr<List> list);
  static Expected<InventoryReader, ConfigError> start(std::unique_ptr<List> list);
  std::unique_ptr<List> list_;
};

}  // namespace persist::config
