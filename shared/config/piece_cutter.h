#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "config/entry_scanner.h"
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
/// a line `domains:`, then one entry after the other of the block list below it. An entry ends
/// where the next dash stands in its column, even in open quotes or brackets: YAML wants their text
/// deeper than that. What only a view of the whole list can show is refused here: a second
/// document, directives, tabs in the indentation, settings behind the list.
class PieceCutter {
 public:
  explicit PieceCutter(LineReader lines) : lines_(std::move(lines)) {}

  /// All before the line `domains:`; the whole text if there is no such line.
  Expected<Piece, Fault> cut_settings();

  /// Number of the line `domains:`; 0 if there is none.
  std::size_t list_line() const { return list_line_; }

  /// Makes `piece` the next entry, with blank lines and comments behind it; false at the end.
  Expected<bool, Fault> cut_entry(Piece& piece);

  /// Where the next entry begins, as far as it was read; empty if that is not known yet.
  std::optional<EntryBegin> entry_ahead() const;
  /// Leaves out the entry that is ahead.
  void skip_entry(const EntryExtent& extent) { lines_.skip(extent.octets, extent.lines); }

 private:
  Expected<std::optional<Line>, Fault> next_line();
  std::optional<Fault> check_marks(const Line& line);
  std::optional<Fault> check_place(const Line& line);
  /// True if the next line is known to begin an entry.
  bool is_entry_ahead() const;
  /// Adds a line to `piece`; false if it is complete.
  Expected<bool, Fault> extend(Piece& piece);

  LineReader lines_;
  std::size_t list_line_ = 0;
  std::optional<std::size_t> indent_{};  ///< of the dashes
  bool started_ = false;                 ///< a mark `---` or content was there
  bool ended_ = false;                   ///< a mark `...` was there
};

}  // namespace persist::config
