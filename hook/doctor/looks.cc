#include "hook/doctor/looks.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace persist::hook::doctor {

std::span<const Look> looks() {
  static constexpr std::array<Look, 9> table{look_at_units,  look_at_cron,     look_at_certbot,
                                             look_at_lego,   look_at_acme_sh,  look_at_dehydrated,
                                             look_at_mod_md, look_at_programs, look_at_accounts};
  return table;
}

bool is_of_interest(std::string_view command) {
  constexpr std::array<std::string_view, 7> names{
      "persist-hook", "certbot", "letsencrypt", "lego", "acme.sh", "dehydrated", "uacme"};
  return std::any_of(names.begin(), names.end(),
                     [command](std::string_view name) { return contains(command, name); });
}

std::size_t line_of(std::string_view text, std::string_view word) {
  const std::string_view before = text.substr(0, text.find(word));
  return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
}

CommandReading read_script(const std::string& path, std::string_view text) {
  constexpr std::string_view elf =
      "\x7F"
      "ELF";
  CommandReading reading;
  const bool names_us = contains(text, "persist-hook");
  if (text.substr(0, elf.size()) == elf) {
    if (names_us) reading.calls.push_back({.program = path, .arguments = {path}});
    return reading;
  }
  const std::string_view first = text.substr(0, text.find('\n'));
  const bool has_interpreter = first.substr(0, 2) == "#!";
  if (has_interpreter && contains(first, "sh -e")) {
    return read_shell_command("set -e\n" + std::string(text));
  }
  if (!has_interpreter || contains(first, "sh")) return read_shell_command(text);
  reading.names_us_oddly = names_us;
  return reading;
}

void add_variable(std::string_view assignment, const Location& place, Evidence& evidence) {
  assignment = trim(assignment);
  constexpr std::string_view exported = "export ";
  if (assignment.substr(0, exported.size()) == exported) {
    assignment = trim(assignment.substr(exported.size()));
  }
  if (assignment.substr(0, 13) != "PERSIST_HOOK_") return;
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) return;
  std::string text(trim(assignment.substr(0, equals)));
  std::string_view value = trim(assignment.substr(equals + 1));
  if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  text.append("=").append(value);
  evidence.variables.emplace_back(std::move(text), place);
}

}  // namespace persist::hook::doctor
