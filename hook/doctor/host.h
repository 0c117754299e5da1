#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/location.h"
#include "clients/file_tree.h"

namespace persist::hook::doctor {

/// A line of a file, counted from 1.
struct NumberedLine {
  std::size_t number;
  std::string_view text;
};
/// The lines of a text without their ends.
std::vector<NumberedLine> lines_of(std::string_view text);

/// The files of a host while they are looked at. What cannot be read is kept as a fault; what was
/// read is kept too, for the report.
class Host {
 public:
  explicit Host(const clients::FileTree& tree) : tree_(tree) {}

  const clients::FileTree& tree() const { return tree_; }

  /// A file of at most 16 MiB; empty if there is none, or none that can be read.
  std::optional<clients::FileText> read(const std::string& path);
  /// The same, where a device or a folder of this name means nothing (a masked unit).
  std::optional<clients::FileText> read_if_regular(const std::string& path);
  /// The names in a folder, sorted.
  std::vector<std::string> list(const std::string& path);
  /// True if a path leads to something that can be executed.
  bool has_program(const std::string& path);
  bool has(const std::string& path);

  /// A place in a file, the root in front of its path.
  Location place(const std::string& path, std::size_t line = 0) const;

  void add_fault(const std::string& path, std::string why);
  const std::vector<clients::FileFault>& faults() const { return faults_; }
  /// Paths of what was read, in order, with the root in front.
  const std::vector<std::string>& looked_at() const { return looked_at_; }

 private:
  const clients::FileTree& tree_;
  std::vector<clients::FileFault> faults_;
  std::vector<std::string> looked_at_;
};

/// `folder/name`
std::string join_path(const std::string& folder, const std::string& name);

/// Where the program that a command names is: the path itself, or the first one in the usual
/// folders. Empty if it is in none.
std::optional<std::string> find_program(Host& host, const std::string& name);

}  // namespace persist::hook::doctor
