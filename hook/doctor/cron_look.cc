// Tables of cron, and the scripts that it runs daily, weekly, ... A table of /etc names a user.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

std::string_view skip_word(std::string_view line) {
  line = trim(line);
  const std::size_t end = line.find_first_of(" \t");
  return end == std::string_view::npos ? std::string_view() : trim(line.substr(end));
}

/// What cron gives to the shell: up to the first `%` that is not escaped; the rest is its input.
std::string before_input(std::string_view command) {
  std::string text;
  for (std::size_t i = 0; i < command.size() && command[i] != '%'; ++i) {
    if (command[i] == '\\' && i + 1 < command.size() && command[i + 1] == '%') ++i;
    text += command[i];
  }
  return text;
}

bool is_variable(std::string_view line) {
  const std::size_t end = line.find_first_of(" \t=");
  if (end == std::string_view::npos || is_digit(line.front()) || line.front() == '*') return false;
  const std::string_view rest = trim(line.substr(end));
  return !rest.empty() && rest.front() == '=';
}

void read_table(Host& host, const std::string& path, bool names_user, Evidence& evidence) {
  const auto file = host.read_if_regular(path);
  if (!file) return;
  for (const NumberedLine& line : lines_of(file->text)) {
    std::string_view text = trim(line.text);
    if (text.empty() || text.front() == '#') continue;
    if (is_variable(text)) {
      add_variable(text, host.place(path, line.number), evidence);
      continue;
    }
    if (!is_of_interest(text)) continue;
    const unsigned fields = (text.front() == '@' ? 1U : 5U) + (names_user ? 1U : 0U);
    for (unsigned i = 0; i < fields; ++i) text = skip_word(text);
    const std::string command = before_input(text);
    const std::size_t first = evidence.starts.size();
    add_command(read_shell_command(command), {.place = host.place(path, line.number)}, evidence);
    for (std::size_t i = first; i < evidence.starts.size(); ++i) {
      evidence.starts[i].only_without_systemd = contains(command, "-d /run/systemd/system");
    }
  }
}

bool is_plain_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

void look_at_script(Host& host, const std::string& path, Evidence& evidence) {
  const auto file = host.read_if_regular(path);
  if (!file || !is_of_interest(file->text)) return;
  const bool calls_us = contains(file->text, "persist-hook");
  const CommandReading reading = read_script(path, file->text);
  const std::size_t line = calls_us ? line_of(file->text, "persist-hook") : 0;
  add_command(reading, {.place = host.place(path, line)}, evidence);
}

}  // namespace

void look_at_cron(Host& host, Evidence& evidence) {
  read_table(host, "/etc/crontab", true, evidence);
  for (const std::string& name : host.list("/etc/cron.d")) {
    if (name.front() == '.') continue;
    const std::size_t first = evidence.calls.size();
    read_table(host, "/etc/cron.d/" + name, true, evidence);
    // Debian's cron passes over such a name, others do not.
    if (is_plain_name(name)) continue;
    for (std::size_t i = first; i < evidence.calls.size(); ++i) {
      evidence.calls[i].call.effect = Effect::cannot_tell;
    }
  }
  for (const std::string folder : {"/var/spool/cron/crontabs", "/var/spool/cron"}) {
    for (const std::string& name : host.list(folder)) {
      read_table(host, join_path(folder, name), false, evidence);
    }
  }
  for (const char* const often : {"hourly", "daily", "weekly", "monthly"}) {
    for (const std::string folder : {"/etc/cron.", "/etc/periodic/"}) {
      const std::string place = folder + often;
      for (const std::string& name : host.list(place)) {
        look_at_script(host, join_path(place, name), evidence);
      }
    }
  }
}

}  // namespace persist::hook::doctor
