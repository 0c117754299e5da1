#include "clients/shell_assignments.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace persist::clients {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

bool is_name_octet(char c) {
  return is_alphanumeric(c) || c == '_';
}

/// What no shell takes for more than itself, outside quotes.
bool is_plain(char c) {
  return is_alphanumeric(c) || std::string_view("_./:@%+,-=").find(c) != std::string_view::npos;
}

/// What stands between the quotes at the front of `line`, taken off it; empty if they do not end,
/// or if a shell would change something in it.
std::optional<std::string_view> take_quoted(std::string_view& line) {
  const std::size_t end = line.find(line.front(), 1);
  if (end == std::string_view::npos) return {};
  const std::string_view inside = line.substr(1, end - 1);
  const bool expands =
      line.front() == '"' && inside.find_first_of("$`\\!") != std::string_view::npos;
  line.remove_prefix(end + 1);
  if (expands) return {};
  return inside;
}

/// The value at the front of `line`, taken off it; empty if it is not plain.
std::optional<std::string> take_value(std::string_view& line) {
  std::string value;
  while (!line.empty() && !is_blank(line.front())) {
    if (line.front() == '\'' || line.front() == '"') {
      const auto inside = take_quoted(line);
      if (!inside) return {};
      value += *inside;
    } else if (is_plain(line.front())) {
      value += line.front();
      line.remove_prefix(1);
    } else {
      return {};
    }
  }
  return value;
}

/// Adds the assignment of a line that holds one; false if it holds something else.
bool add_line(std::string_view line, Values& values) {
  line = trim(line);
  if (line.empty() || line.front() == '#') return true;
  const auto name_end = std::find_if_not(line.begin(), line.end(), is_name_octet);
  const std::string name(line.begin(), name_end);
  line.remove_prefix(name.size());
  if (name.empty() || is_digit(name.front()) || line.empty() || line.front() != '=') return false;
  line.remove_prefix(1);
  auto value = take_value(line);
  if (!value) return false;
  line = trim(line);
  if (!line.empty() && line.front() != '#') return false;
  values.insert_or_assign(name, *std::move(value));
  return true;
}

}  // namespace

Expected<Values, NotPlain> parse_shell_assignments(std::string_view text) {
  Values values;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (!add_line(line, values)) return Unexpected(NotPlain{number});
  }
  return values;
}

}  // namespace persist::clients
