#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "config/fault.h"
#include "config/text_source.h"

namespace persist::config {

/// Longest line, and longest entry or settings, of a list. Bounds what is ever held in memory.
inline constexpr std::size_t longest_piece_octets = std::size_t{512} * 1024;

/// A line without its end, valid until the next one is asked for.
struct Line {
  std::string_view text;
  std::size_t number;
};

/// Cuts a text into lines that are UTF-8 without control characters but HTAB. A byte order mark is
/// dropped; LF and CRLF end a line.
class LineReader {
 public:
  /// `most_octets`: longest text.
  LineReader(std::unique_ptr<TextSource> source, std::uint64_t most_octets)
      : source_(std::move(source)), most_octets_(most_octets) {}

  /// The next line; empty at the end.
  Expected<std::optional<Line>, Fault> next();
  /// Makes the line that was given last the next one again.
  void put_back();

  /// What was read ahead, from the next line on: not checked, and it may end anywhere.
  std::string_view ahead() const { return std::string_view(buffer_).substr(at_); }
  /// Number of the next line.
  std::size_t next_number() const { return number_ + 1; }
  /// Leaves out the first octets of `ahead`, which are that many whole lines.
  void skip(std::size_t octets, std::size_t lines);

 private:
  std::optional<Fault> fill();
  std::optional<Fault> drop_byte_order_mark();
  std::optional<Fault> check(std::string_view text) const;

  std::unique_ptr<TextSource> source_;
  std::uint64_t most_octets_;
  std::string buffer_{};
  std::size_t at_ = 0;             ///< in `buffer_`, of the next line
  std::size_t line_at_ = 0;        ///< in `buffer_`, of the present line
  std::uint64_t line_offset_ = 0;  ///< in the text, of the present line
  std::uint64_t next_offset_ = 0;
  std::uint64_t read_octets_ = 0;
  std::size_t number_ = 0;
  bool ended_ = false;
};

}  // namespace persist::config
