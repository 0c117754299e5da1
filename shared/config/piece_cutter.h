#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "config/fault.h"
#include "config/line_reader.h"

namespace persist::config {

/// Whole lines of a list that can be read by themselves.
struct Piece {
  std::string text{};
  std::size_t first_line = 1;

  /// The line with this number in the list; empty if it is not in here.
  std::string_view line(std::size_t number) const;
};

/// Cuts a YAML list into pieces, because yaml-cpp pushes all that it is given: the settings, up to
/// a line `domains:`, then some entries of the block list below it at a time. What only a view of
/// the whole list can show is refused here: a second document, directives, tabs in the indentation,
/// settings behind the list.
class PieceCutter {
 public:
  explicit PieceCutter(LineReader lines) : lines_(std::move(lines)) {}

  /// All before the line `domains:`; the whole text if there is no such line.
  Expected<Piece, Fault> cut_settings();

  /// Number of the line `domains:`; 0 if there is none.
  std::size_t list_line() const { return list_line_; }

  /// The next entries; empty at the end.
  Expected<std::optional<Piece>, Fault> cut_entries();

 private:
  Expected<std::optional<Line>, Fault> next_line();
  std::optional<Fault> check_marks(const Line& line);
  std::optional<Fault> check_place(const Line& line);
  /// Adds a line to `piece`; false if it is complete. `entry_begin`: where its last entry begins.
  Expected<bool, Fault> extend(Piece& piece, std::size_t& entry_begin);

  LineReader lines_;
  std::size_t list_line_ = 0;
  std::optional<std::size_t> indent_{};  ///< of the dashes
  Piece held_{};                         ///< begin of the next piece of entries
  std::size_t entry_line_ = 0;           ///< on which the last entry began
  std::optional<Fault> fault_{};         ///< to be told after the last good entry
  bool started_ = false;                 ///< a mark `---` or content was there
  bool ended_ = false;                   ///< a mark `...` was there
};

}  // namespace persist::config
