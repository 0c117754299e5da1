#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/expected.h"
#include "base/location.h"
#include "config/inventory.h"

namespace persist::config {

/// Why a list cannot be used. One sentence, then the line and a caret, are made by `explain`.
struct ConfigError {
  Location location{};
  std::string message;  ///< our words, text from the list already escaped
  std::string hint{};   ///< a way out, where we know one
  std::string line{};   ///< the line at fault, escaped and cut; empty if there is none
  std::size_t caret = 0;  ///< column of the caret within the escaped line, from 1; 0: none
};
/// `list.yaml:12:5: error: ...`, the line, the caret, the hint; each line ends with LF.
std::string explain(const ConfigError& error);

enum class ListFormat { yaml, names };  ///< names: a bare text file, one name a line

struct ReaderLimits {
  std::uint64_t octets = 512ULL * 1024 * 1024;
  std::size_t depth = 16;
  std::size_t scalar_octets = 4096;
  std::size_t key_octets = 256;
  std::size_t entries = 2'000'000;
};

/// Settings, then entry after entry; the list is never held.
class InventoryReader {
 public:
  /// Opens a regular file, or standard input for `-`; reads the settings. Names in errors are `path` as given.
  static Expected<InventoryReader, ConfigError> open(const std::string& path, ListFormat format,
                                                     const ReaderLimits& limits = {});
  /// The same for text that is already there.
  static Expected<InventoryReader, ConfigError> from_text(std::string name, std::string text, ListFormat format,
                                                          const ReaderLimits& limits = {});
  InventoryReader(InventoryReader&&) noexcept;
  InventoryReader& operator=(InventoryReader&&) noexcept;
  ~InventoryReader();

  const Settings& settings() const;

  /// The next entry; empty at the end. A list without any entry is an error.
  Expected<std::optional<DomainEntry>, ConfigError> next();

 private:
  class Source;
  explicit InventoryReader(std::unique_ptr<Source> source);
  std::unique_ptr<Source> source_;
};

}  // namespace persist::config
