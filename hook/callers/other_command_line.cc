#include "hook/callers/other_command_line.h"

#include <algorithm>

#include "base/ascii.h"

namespace persist::hook {
namespace {

std::span<const std::string> options_part(std::span<const std::string> arguments) {
  if (!arguments.empty()) arguments = arguments.subspan(1);
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return arguments.first(static_cast<std::size_t>(end - arguments.begin()));
}

bool is_cluster(std::string_view argument) {
  return argument.size() > 1 && argument[0] == '-' && argument[1] != '-';
}

/// What follows `--name` or `-n` in the argument itself: empty if it is not the option, `""` if
/// the value is the next argument.
std::optional<std::string_view> attached_value(std::string_view argument, OtherOption option,
                                               std::string_view flag_letters) {
  if (argument == option.name) return "";
  if (argument.size() > option.name.size() && argument[option.name.size()] == '=' &&
      argument.substr(0, option.name.size()) == option.name) {
    return argument.substr(option.name.size() + 1);
  }
  if (option.letter == '\0' || !is_cluster(argument)) return {};
  const std::size_t at = argument.find_first_not_of(flag_letters, 1);
  if (at == std::string_view::npos || argument[at] != option.letter) return {};
  return argument.substr(at + 1);
}

}  // namespace

std::vector<std::string> values_of(std::span<const std::string> arguments, OtherOption option,
                                   std::string_view flag_letters) {
  std::vector<std::string> values;
  const auto rest = options_part(arguments);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const auto attached = attached_value(rest[i], option, flag_letters);
    if (!attached) continue;
    if (!attached->empty()) {
      values.emplace_back(*attached);
    } else if (rest[i].find('=') == std::string::npos && i + 1 < rest.size()) {
      values.push_back(rest[++i]);
    }
  }
  return values;
}

std::optional<std::string> last_value_of(std::span<const std::string> arguments,
                                         OtherOption option) {
  const auto values = values_of(arguments, option);
  if (values.empty()) return {};
  return values.back();
}

std::vector<std::string> names_of_domain_options(std::span<const std::string> arguments,
                                                 std::string_view flag_letters) {
  std::vector<std::string> names;
  for (const OtherOption option : {OtherOption{"--domains", 'd'}, OtherOption{"--domain"}}) {
    for (const std::string& value : values_of(arguments, option, flag_letters)) {
      for (const std::string_view part : split(value, ',')) {
        if (!trim(part).empty()) names.emplace_back(trim(part));
      }
    }
  }
  return names;
}

bool has_flag(std::span<const std::string> arguments, OtherOption flag) {
  const auto rest = options_part(arguments);
  return std::any_of(rest.begin(), rest.end(), [flag](const std::string& argument) {
    if (argument == flag.name) return true;
    return flag.letter != '\0' && is_cluster(argument) && argument[1] == flag.letter;
  });
}

bool has_word(std::span<const std::string> arguments, std::string_view word) {
  const auto rest = options_part(arguments);
  return std::find(rest.begin(), rest.end(), word) != rest.end();
}

}  // namespace persist::hook
