#include "clients/shell_assignments.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace persist::clients {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;
using Settings = std::map<std::string, std::optional<std::string>, std::less<>>;

bool is_name_octet(char c) {
  return is_alphanumeric(c) || c == '_';
}

/// What no shell takes for more than itself, outside quotes.
bool is_plain(char c) {
  return is_alphanumeric(c) || std::string_view("_./:@%+,-=").find(c) != std::string_view::npos;
}

std::string_view take_name(std::string_view& line) {
  const auto end = std::find_if_not(line.begin(), line.end(), is_name_octet);
  const std::string_view name = line.substr(0, static_cast<std::size_t>(end - line.begin()));
  line.remove_prefix(name.size());
  return name.empty() || is_digit(name.front()) ? std::string_view() : name;
}

/// A value while it is read, piece by piece.
struct Value {
  std::string text{};
  bool is_known = true;  ///< false: a part of it is in a variable
};

/// Takes `$NAME` or `${NAME}` off; false if it is another expansion.
bool take_variable(std::string_view& line, Value& value) {
  line.remove_prefix(1);
  const bool is_braced = !line.empty() && line.front() == '{';
  if (is_braced) line.remove_prefix(1);
  if (take_name(line).empty()) return false;
  value.is_known = false;
  if (!is_braced) return true;
  if (line.empty() || line.front() != '}') return false;
  line.remove_prefix(1);
  return true;
}

/// Takes what stands in single quotes off; false if they do not end.
bool take_single_quoted(std::string_view& line, Value& value) {
  const std::size_t end = line.find('\'', 1);
  if (end == std::string_view::npos) return false;
  value.text += line.substr(1, end - 1);
  line.remove_prefix(end + 1);
  return true;
}

/// Takes what stands in double quotes off; false if they do not end, or if a shell would do more
/// than put variables in.
bool take_double_quoted(std::string_view& line, Value& value) {
  line.remove_prefix(1);
  while (!line.empty() && line.front() != '"') {
    if (line.front() == '$') {
      if (!take_variable(line, value)) return false;
    } else if (std::string_view("`\\!").find(line.front()) != std::string_view::npos) {
      return false;
    } else {
      value.text += line.front();
      line.remove_prefix(1);
    }
  }
  if (line.empty()) return false;
  line.remove_prefix(1);
  return true;
}

/// Takes the value at the front of `line` off; empty if it is more than a value.
std::optional<Value> take_value(std::string_view& line) {
  Value value;
  while (!line.empty() && !is_blank(line.front())) {
    const char next = line.front();
    if (next == '\'') {
      if (!take_single_quoted(line, value)) return {};
    } else if (next == '"') {
      if (!take_double_quoted(line, value)) return {};
    } else if (next == '$') {
      if (!take_variable(line, value)) return {};
    } else if (is_plain(next)) {
      value.text += next;
      line.remove_prefix(1);
    } else {
      return {};
    }
  }
  return value;
}

struct Assignment {
  std::string name{};  ///< empty on a line without one
  Value value{};
};

/// Empty if the line holds something else than an assignment or a comment.
std::optional<Assignment> read_line(std::string_view line) {
  line = trim(line);
  if (line.empty() || line.front() == '#') return Assignment{};
  const std::string name(take_name(line));
  if (name.empty() || line.empty() || line.front() != '=') return {};
  line.remove_prefix(1);
  auto value = take_value(line);
  if (!value) return {};
  line = trim(line);
  if (!line.empty() && line.front() != '#') return {};
  return Assignment{.name = name, .value = *std::move(value)};
}

/// Hands one assignment after the other to `add`, which gives false for one that it does not take;
/// the first line that is none, or is not taken.
template <typename Add>
std::optional<NotPlain> read_lines(std::string_view text, Add add) {
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    auto assignment = read_line(line);
    if (!assignment) return NotPlain{number};
    if (!assignment->name.empty() && !add(*std::move(assignment))) return NotPlain{number};
  }
  return {};
}

}  // namespace

Expected<Settings, NotPlain> parse_shell_settings(std::string_view text) {
  Settings settings;
  const auto fault = read_lines(text, [&](Assignment assignment) {
    auto& value = settings[assignment.name];
    value.reset();
    if (assignment.value.is_known) value = std::move(assignment.value.text);
    return true;
  });
  if (fault) return Unexpected(*fault);
  return settings;
}

Expected<Values, NotPlain> parse_shell_assignments(std::string_view text) {
  Values values;
  const auto fault = read_lines(text, [&](Assignment assignment) {
    if (assignment.value.is_known) values[assignment.name] = std::move(assignment.value.text);
    return assignment.value.is_known;
  });
  if (fault) return Unexpected(*fault);
  return values;
}

}  // namespace persist::clients
