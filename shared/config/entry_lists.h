#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "config/inventory_reader.h"
#include "config/line_reader.h"
#include "config/node.h"
#include "config/piece_cutter.h"

namespace persist::config {

/// A list in one of the formats, entry after entry. Faults carry the line that they are about.
class EntryList {
 public:
  EntryList() = default;
  EntryList(const EntryList&) = delete;
  EntryList& operator=(const EntryList&) = delete;
  virtual ~EntryList() = default;

  virtual Expected<Settings, Fault> read_settings() = 0;
  /// Makes `entry` the next one, or empty at the end. Not a returned value: an entry is large to
  /// move.
  virtual std::optional<Fault> next(const Settings& settings,
                                    std::optional<DomainEntry>& entry) = 0;
};

/// One name a line; blank lines and comments between.
class NameList : public EntryList {
 public:
  NameList(std::string file, LineReader lines) : file_(std::move(file)), lines_(std::move(lines)) {}
  Expected<Settings, Fault> read_settings() override { return Settings{}; }
  std::optional<Fault> next(const Settings& settings, std::optional<DomainEntry>& entry) override;

 private:
  std::string file_;
  LineReader lines_;
};

/// A map of settings whose last key is `domains`.
class YamlList : public EntryList {
 public:
  YamlList(std::string file, LineReader lines, const ReaderLimits& limits);
  Expected<Settings, Fault> read_settings() override;
  std::optional<Fault> next(const Settings& settings, std::optional<DomainEntry>& entry) override;

 private:
  std::optional<Fault> check_root(const Node& root) const;
  std::optional<Fault> take_inline_entries(Node& root);
  /// True if yaml-cpp has read a node of `piece_` that was not taken yet.
  bool has_node() const;
  /// Makes `entry` the next one, if that is written plainly. One with a fault is not: it is told,
  /// with its line, when yaml-cpp has read the entry.
  bool scan(const Settings& settings, std::optional<DomainEntry>& entry);
  /// The next entry; null at the end. Valid until the next call.
  Expected<const Node*, Fault> next_node();
  Fault with_line(Fault fault) const;

  std::string file_;
  PieceCutter cutter_;
  YamlLimits limits_;
  bool scan_entries_;
  Piece piece_{};                       ///< being read
  std::optional<NodeBuilder> nodes_{};  ///< of `piece_`
  Node node_{};                         ///< the last one
  std::vector<Node> inline_entries_{};  ///< of a list that is not cut: `domains: [a.example]`
  std::size_t next_inline_ = 0;
};

}  // namespace persist::config
