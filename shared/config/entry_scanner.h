#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "config/node.h"

namespace persist::config {

/// Where an entry begins: in the column of the dashes, or it is none.
struct EntryBegin {
  std::string_view text;  ///< from the begin of the line on, as read; may end anywhere
  std::size_t line;       ///< its number
  std::size_t indent;     ///< spaces before the dashes of the list
};

/// How far an entry goes, with the empty lines and comments behind it.
struct EntryExtent {
  std::size_t octets;
  std::size_t lines;
};

/// Reads an entry that is written in the plainest way: `- a.example`, or `- name: a.example` with
/// more such keys below; all texts of letters, digits, `-`, `_` and `.` without quotes; the next
/// entry follows. `entry` then is what yaml-cpp would make of it, at a hundredth of the price.
/// Empty for everything else, good or at fault: that is yaml-cpp's to read, and `entry` is not to
/// be used.
std::optional<EntryExtent> scan_entry(const EntryBegin& begin, const YamlLimits& limits,
                                      Node& entry);

}  // namespace persist::config
