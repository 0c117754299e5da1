#include <fmt/format.h>

#include <algorithm>

#include "app/option_table.h"
#include "base/escape.h"

namespace persist::app {
namespace {

constexpr std::size_t shown_octets = 80;

/// `--name`, `--name=value`, `-n` or `-nvalue`, cut in two.
struct OptionArgument {
  const OptionRow* row;
  std::optional<std::string_view> value;
};

OptionArgument cut(std::span<const OptionRow> rows, std::string_view argument) {
  const bool is_long = argument.substr(0, 2) == "--";
  const auto equals = argument.find('=');
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const OptionRow& candidate) {
    if (!candidate.from_flag) return false;
    if (is_long) return candidate.name == argument.substr(0, equals).substr(2);
    return candidate.letter == argument[1];
  });
  OptionArgument option{.row = row == rows.end() ? nullptr : &*row, .value = {}};
  if (is_long && equals != std::string_view::npos) option.value = argument.substr(equals + 1);
  if (!is_long && argument.size() > 2) option.value = argument.substr(2);
  return option;
}

UsageError unusable(std::string_view what, std::string_view argument) {
  return {fmt::format("{} {}", what, quote(argument, shown_octets)), "see --help"};
}

/// Takes the option in front, and the argument behind it if that is its value.
std::optional<UsageError> take_option(std::span<const OptionRow> rows,
                                      std::span<const std::string_view>& rest, CommandLine& line) {
  auto [row, value] = cut(rows, rest.front());
  if (row == nullptr) return unusable("unknown option", rest.front());
  rest = rest.subspan(1);
  const bool is_flag = row->metavar.empty();
  if (is_flag && value) return UsageError{fmt::format("--{} takes no value", row->name)};
  if (!is_flag && !value) {
    if (rest.empty()) return UsageError{fmt::format("--{} needs a value", row->name)};
    value = rest.front();
    rest = rest.subspan(1);
  }
  auto& values = line.values[std::string(row->name)];
  if (!is_flag && !row->repeatable && !values.empty()) {
    return UsageError{fmt::format("--{} is given twice", row->name)};
  }
  if (is_flag) values.clear();
  values.emplace_back(is_flag ? "true" : *value);
  return {};
}

}  // namespace

Expected<CommandLine, UsageError> parse_command_line(std::span<const OptionRow> rows,
                                                     std::string_view positional,
                                                     std::span<const std::string_view> arguments,
                                                     bool options_come_first) {
  CommandLine line;
  bool options_ended = false;
  while (!arguments.empty()) {
    const std::string_view argument = arguments.front();
    const bool is_option = !options_ended && argument.size() > 1 && argument.front() == '-';
    if (is_option && (argument == "-h" || argument == "--help")) {
      line.wants_help = true;
      return line;
    }
    if (is_option && argument != "--") {
      if (auto problem = take_option(rows, arguments, line)) return Unexpected(*std::move(problem));
      continue;
    }
    if (is_option) {
      options_ended = true;
    } else if (positional.empty()) {
      return Unexpected(unusable("unexpected argument", argument));
    } else {
      line.positionals.emplace_back(argument);
      options_ended = options_ended || options_come_first;
    }
    arguments = arguments.subspan(1);
  }
  return line;
}

}  // namespace persist::app
