#include "report/safe_line.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"

namespace persist::report {
namespace {

/// `text` up to `limit` octets, not ending within a character.
std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  constexpr std::size_t longest_character = 4;
  for (std::size_t back = 1; back < longest_character && back < limit; ++back) {
    const std::size_t length = utf8_length(text.substr(limit - back));
    if (length > 0) return text.substr(0, length > back ? limit - back : limit);
  }
  return text.substr(0, limit);
}

}  // namespace

std::string to_safe_line(std::string_view text, std::size_t limit) {
  const std::string_view shown = cut(text, limit);
  std::string line;
  for (const std::string_view piece : split(shown, '\\')) {
    if (piece.data() != shown.data()) line += '\\';
    line += escape(piece, piece.size());
  }
  if (shown.size() < text.size()) {
    line += fmt::format("... ({} more bytes)", text.size() - shown.size());
  }
  return line;
}

}  // namespace persist::report
