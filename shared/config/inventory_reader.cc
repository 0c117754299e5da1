#include "config/inventory_reader.h"

#include <fmt/format.h>

#include "config/entry_lists.h"
#include "config/text_source.h"

namespace persist::config {

/// A list with its settings read, its entries counted, and the first error kept.
class InventoryReader::List {
 public:
  List(std::string file, std::unique_ptr<TextSource> source, ListFormat format,
       const ReaderLimits& limits)
      : file_(std::move(file)), most_entries_(limits.entries) {
    LineReader lines(std::move(source), limits.octets);
    if (format == ListFormat::yaml) {
      entries_ = std::make_unique<YamlList>(file_, std::move(lines), limits);
    } else {
      entries_ = std::make_unique<NameList>(file_, std::move(lines));
    }
  }

  const Settings& settings() const { return settings_; }

  std::optional<ConfigError> read_settings() {
    auto settings = entries_->read_settings();
    if (!settings) return to_error(settings.error());
    settings_ = *std::move(settings);
    return {};
  }

  Expected<std::optional<DomainEntry>, ConfigError> next() {
    Expected<std::optional<DomainEntry>, ConfigError> result;
    if (!error_) error_ = read_next(*result);
    if (error_) result = Unexpected(*error_);
    return result;
  }

 private:
  ConfigError to_error(const Fault& fault) const {
    return to_config_error(fault, file_, fault.line);
  }
  std::optional<ConfigError> read_next(std::optional<DomainEntry>& entry) {
    if (const auto fault = entries_->next(settings_, entry)) return to_error(*fault);
    if (!entry && count_ == 0) return to_error({.message = "no domains"});
    if (entry && ++count_ > most_entries_) {
      return to_error({.place = {entry->location.line, entry->location.column},
                       .message = fmt::format("more than {} entries", most_entries_),
                       .hint = "--max-entries allows more"});
    }
    return {};
  }

  std::string file_;
  std::size_t most_entries_;
  std::unique_ptr<EntryList> entries_{};
  Settings settings_{};
  std::size_t count_ = 0;
  std::optional<ConfigError> error_{};
};

InventoryReader::InventoryReader(std::unique_ptr<List> list) : list_(std::move(list)) {
}
InventoryReader::InventoryReader(InventoryReader&&) noexcept = default;
InventoryReader& InventoryReader::operator=(InventoryReader&&) noexcept = default;
InventoryReader::~InventoryReader() = default;

Expected<InventoryReader, ConfigError> InventoryReader::start(std::unique_ptr<List> list) {
  if (auto error = list->read_settings()) return Unexpected(*std::move(error));
  return InventoryReader(std::move(list));
}

Expected<InventoryReader, ConfigError> InventoryReader::open(const std::string& path,
                                                             ListFormat format,
                                                             const ReaderLimits& limits) {
  auto source = open_source(path);
  if (!source) return Unexpected(to_config_error(source.error(), path, {}));
  return start(std::make_unique<List>(path, *std::move(source), format, limits));
}

Expected<InventoryReader, ConfigError> InventoryReader::from_text(std::string name,
                                                                  std::string text,
                                                                  ListFormat format,
                                                                  const ReaderLimits& limits) {
  return start(
      std::make_unique<List>(std::move(name), make_source(std::move(text)), format, limits));
}

const Settings& InventoryReader::settings() const {
  return list_->settings();
}

Expected<std::optional<DomainEntry>, ConfigError> InventoryReader::next() {
  return list_->next();
}

}  // namespace persist::config
