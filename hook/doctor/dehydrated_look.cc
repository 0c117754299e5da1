// dehydrated: HOOK in its configuration, the last one counts.
#include "base/ascii.h"
#include "clients/shell_assignments.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

constexpr std::string_view variable = "HOOK";

/// The last line that sets HOOK.
struct HookLine {
  std::string text;
  Location place;
};

std::optional<HookLine> find_hook(Host& host, const std::string& path) {
  std::optional<HookLine> found;
  const auto file = host.read(path);
  if (!file) return found;
  for (const NumberedLine& line : lines_of(file->text)) {
    std::string_view text = trim(line.text);
    if (text.substr(0, 7) == "export ") text = trim(text.substr(7));
    if (text.substr(0, variable.size() + 1) != "HOOK=") continue;
    found = HookLine{.text = std::string(text), .place = host.place(path, line.number)};
  }
  return found;
}

/// The value, or the line as it stands where only a shell could tell it.
std::string plain_value_of(const std::string& line) {
  const auto values = clients::parse_shell_assignments(line);
  if (!values) return line;
  const auto value = values->find(variable);
  return value == values->end() ? line : value->second;
}

void look_at_folder(Host& host, const std::string& folder, Evidence& evidence) {
  auto hook = find_hook(host, folder + "/config");
  for (const std::string& name : host.list(folder + "/conf.d")) {
    if (!name.ends_with(".sh") || name.front() == '.') continue;
    if (auto later = find_hook(host, join_path(folder + "/conf.d", name))) hook = std::move(later);
  }
  if (!hook) return;
  const std::string command = plain_value_of(hook->text);
  if (!contains(command, "persist-hook")) return;
  CommandReading reading;
  if (file_name_of(command) == "persist-hook") {
    reading.calls.push_back({.program = command, .arguments = {command}});
  }
  reading.names_us_oddly = true;  // in case nothing was found
  add_command(reading, {.client = "dehydrated", .slot = &dehydrated_slot, .place = hook->place},
              evidence);
}

}  // namespace

void look_at_dehydrated(Host& host, Evidence& evidence) {
  for (const char* const folder : {"/etc/dehydrated", "/usr/local/etc/dehydrated"}) {
    look_at_folder(host, folder, evidence);
  }
}

}  // namespace persist::hook::doctor
