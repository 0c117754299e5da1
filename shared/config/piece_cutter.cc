#include "config/piece_cutter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/ascii.h"

namespace persist::config {
namespace {

std::size_t indent_of(std::string_view text) {
  return std::min(text.find_first_not_of(' '), text.size());
}

/// The first octet that is no blank; NUL if there is none.
char first_of(std::string_view text) {
  const auto* const first = std::find_if_not(text.begin(), text.end(), is_blank);
  return first == text.end() ? '\0' : *first;
}

bool is_blank_line(std::string_view text) {
  return first_of(text) == '\0';
}
bool is_comment(std::string_view text) {
  return first_of(text) == '#';
}

/// `mark` at the begin of the line, and nothing directly behind it.
bool is_mark(std::string_view text, std::string_view mark) {
  return text.substr(0, mark.size()) == mark &&
         (text.size() == mark.size() || is_blank(text[mark.size()]));
}

/// `domains:` and at most a comment.
bool is_list_key(std::string_view text) {
  constexpr std::string_view key = "domains";
  if (text.substr(0, key.size()) != key) return false;
  text = trim(text.substr(key.size()));
  if (text.substr(0, 1) != ":") return false;
  text.remove_prefix(1);
  return text.empty() || (is_blank(text.front()) && is_comment(text));
}

std::optional<Fault> check_indentation(const Line& line) {
  const std::size_t spaces = indent_of(line.text);
  if (line.text.substr(spaces, 1) != "\t" || is_blank_line(line.text) || is_comment(line.text))
    return {};
  return Fault{.place = {line.number, spaces + 1},
               .message = "a tab in the indentation",
               .hint = "indent with spaces",
               .line = std::string(line.text)};
}

/// Of a comment at or left of `indent` only the begin: there it cannot be text of a block scalar,
/// and a thousand entries that were commented out hardly count as part of the one before.
void append(Piece& piece, const Line& line, std::size_t indent) {
  if (piece.text.empty()) piece.first_line = line.number;
  const std::size_t left = indent_of(line.text);
  const bool shorten = left <= indent && is_comment(line.text);
  piece.text += shorten ? line.text.substr(0, left + 1) : line.text;
  piece.text += '\n';
}

Fault too_long(std::string_view what, Fault fault) {
  fault.message = fmt::format("{} longer than {} octets", what, longest_piece_octets);
  return fault;
}

}  // namespace

std::string_view Piece::line(std::size_t number) const {
  if (number < first_line) return {};
  std::string_view rest = text;
  for (std::size_t i = first_line; i < number; ++i) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  return rest.substr(0, rest.find('\n'));
}

std::optional<Fault> PieceCutter::check_marks(const Line& line) {
  if (started_ && !ended_ && line.text.substr(0, 1) == " ") return {};  // marks are not indented
  const auto fault = [&line](std::string message) {
    return Fault{
        .place = {line.number, 1}, .message = std::move(message), .line = std::string(line.text)};
  };
  if (line.text.substr(0, 1) == "%") return fault("directives are not supported");
  if (is_mark(line.text, "...")) {
    ended_ = true;
    return {};
  }
  if (is_blank_line(line.text) || is_comment(line.text)) return {};
  if (ended_) return fault("text after the end of the document");
  if (is_mark(line.text, "---") && started_) return fault("a second document");
  started_ = true;
  return {};
}

Expected<std::optional<Line>, Fault> PieceCutter::next_line() {
  for (;;) {
    auto line = lines_.next();
    if (!line || !*line) return line;
    if (auto fault = check_marks(**line)) return Unexpected(*std::move(fault));
    if (auto fault = check_indentation(**line)) return Unexpected(*std::move(fault));
    if (ended_ && is_mark((*line)->text, "...")) (*line)->text = {};
    return line;
  }
}

Expected<Piece, Fault> PieceCutter::cut_settings() {
  Piece piece;
  for (;;) {
    const auto line = next_line();
    if (!line) return Unexpected(line.error());
    if (!*line) return piece;
    if (is_list_key((*line)->text)) {
      list_line_ = (*line)->number;
      return piece;
    }
    append(piece, **line, 0);
    if (piece.text.size() > longest_piece_octets) {
      return Unexpected(too_long("the settings are",
                                 {.hint = "begin the list with a line that reads \"domains:\""}));
    }
  }
}

std::optional<Fault> PieceCutter::check_place(const Line& line) {
  const std::size_t indent = indent_of(line.text);
  const bool dash = is_mark(line.text.substr(indent), "-");
  if (!indent_ && dash) indent_ = indent;
  if (indent_ && (indent > *indent_ || (indent == *indent_ && dash))) return {};
  Fault fault{.place = {line.number, indent + 1}, .line = std::string(line.text)};
  if (is_list_key(line.text)) {
    fault.message = fmt::format("duplicate key \"domains\", first on line {}", list_line_);
  } else if (indent == 0 && !dash) {
    fault.message = "only entries that begin with \"- \" may follow \"domains\"";
    fault.hint = "settings stand before \"domains\"";
  } else if (!indent_) {
    fault.message = "\"domains\" must be a list";
    fault.hint = "begin every entry with \"- \"";
  } else {
    fault.message = "wrong indentation";
    fault.hint = fmt::format("the first entry has its \"-\" in column {}", *indent_ + 1);
  }
  return fault;
}

bool PieceCutter::is_entry_ahead() const {
  const std::string_view ahead = lines_.ahead();
  return indent_of(ahead) == *indent_ && ahead.substr(*indent_, 2) == "- ";
}

Expected<bool, Fault> PieceCutter::extend(Piece& piece) {
  // Looked at before it is read: a fault there is none of this entry, which then comes first.
  if (!piece.text.empty() && is_entry_ahead()) return false;
  const auto next = next_line();
  if (!next) return Unexpected(next.error());
  if (!*next) return false;
  const Line& line = **next;
  const bool content = !is_blank_line(line.text) && !is_comment(line.text);
  if (!content && piece.text.empty()) return true;
  if (content) {
    if (auto fault = check_place(line)) return Unexpected(*std::move(fault));
    if (!piece.text.empty() && indent_of(line.text) == *indent_) {
      lines_.put_back();
      return false;
    }
  }
  append(piece, line, *indent_);
  if (piece.text.size() > longest_piece_octets) {
    return Unexpected(too_long("an entry is", {.place = {piece.first_line, 0}}));
  }
  return true;
}

Expected<bool, Fault> PieceCutter::cut_entry(Piece& piece) {
  piece.text.clear();
  for (;;) {
    auto more = extend(piece);
    if (!more) return more;
    if (!*more) return !piece.text.empty();
  }
}

std::optional<EntryBegin> PieceCutter::entry_ahead() const {
  if (!indent_ || ended_) return {};
  return EntryBegin{.text = lines_.ahead(), .line = lines_.next_number(), .indent = *indent_};
}

}  // namespace persist::config
