#include "config/config_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/escape.h"

namespace persist::config {
namespace {

constexpr std::size_t shown_octets = 120;
constexpr std::size_t shown_before_caret = 60;

bool is_continuation(char octet) {
  return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char octet) { return !is_continuation(octet); }));
}

/// First octet of `line` that is shown, so that the one at `column` is in view.
std::size_t first_shown(std::string_view line, std::size_t column) {
  if (line.size() <= shown_octets || column <= shown_octets) return 0;
  std::size_t first = std::min(column - shown_before_caret, line.size());
  while (first < line.size() && is_continuation(line[first])) ++first;
  return first;
}

std::string to_text(const Location& place) {
  std::string text = escape(place.file);
  if (place.line != 0) text += fmt::format(":{}", place.line);
  if (place.line != 0 && place.column != 0) text += fmt::format(":{}", place.column);
  return text;
}

}  // namespace

ConfigError to_config_error(const Fault& fault, const std::string& file, std::string_view line) {
  ConfigError error{.location = {file, fault.place.line, fault.place.column},
                    .message = fault.message,
                    .hint = fault.hint};
  if (line.empty()) return error;
  const std::size_t first = first_shown(line, fault.place.column);
  const std::string_view lead = first == 0 ? "" : "... ";
  error.line = std::string(lead) + escape(line.substr(first), shown_octets);
  if (fault.place.column == 0) return error;
  const std::size_t before = std::min(fault.place.column - 1, line.size()) - first;
  const std::string left =
      escape(line.substr(first, before), std::numeric_limits<std::size_t>::max());
  error.caret = lead.size() + count_characters(left) + 1;
  return error;
}

std::string explain(const ConfigError& error) {
  std::string text = fmt::format("{}: error: {}\n", to_text(error.location), error.message);
  const std::string number = fmt::format("{:>5}", error.location.line);
  const std::size_t width = number.size();
  if (!error.line.empty()) text += fmt::format("{} | {}\n", number, error.line);
  if (error.caret != 0) text += fmt::format("{:>{}} | {:>{}}\n", "", width, "^", error.caret);
  if (!error.hint.empty()) text += fmt::format("hint: {}\n", error.hint);
  return text;
}

}  // namespace persist::config
