// lego: its configuration file, and files of variables with secrets for a DNS provider.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

constexpr std::array<std::string_view, 5> configuration_files{
    "/root/.lego.yml", "/root/.lego.yaml", "/etc/lego/.lego.yml", "/etc/lego/lego.yml",
    "/var/lib/lego/.lego.yml"};

std::string_view without_quotes(std::string_view value) {
  if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front()) {
    return value.substr(1, value.size() - 2);
  }
  return value;
}

/// `command:` belongs to the last `pre:`, `post:` or `deploy:` above it.
void read_configuration(Host& host, const std::string& path, Evidence& evidence) {
  const auto file = host.read(path);
  if (!file) return;
  const Slot* slot = nullptr;
  for (const NumberedLine& line : lines_of(file->text)) {
    std::string_view text = trim(line.text);
    if (text.empty() || text.front() == '#') continue;
    if (text == "pre:") slot = &lego_pre_slot;
    if (text == "post:" || text == "deploy:") slot = &lego_late_slot;
    if (!contains(text, "persist-hook")) continue;
    constexpr std::string_view key = "command:";
    const bool is_plain = text.substr(0, key.size()) == key && slot != nullptr;
    const std::string command(is_plain ? without_quotes(trim(text.substr(key.size()))) : text);
    CommandReading reading;
    if (is_plain) reading = read_plain_command(command);
    reading.names_us_oddly = true;  // in case nothing was found
    add_command(reading,
                {.client = "lego",
                 .slot = slot == nullptr ? &lego_pre_slot : slot,
                 .place = host.place(path, line.number)},
                evidence);
  }
}

bool is_secret(std::string_view name) {
  constexpr std::array<std::string_view, 5> others{"LEGO_", "EXEC_", "PERSIST_HOOK_", "PATH",
                                                   "HOME"};
  return !name.empty() && std::none_of(others.begin(), others.end(), [name](std::string_view part) {
    return name.substr(0, part.size()) == part;
  });
}

/// True if lego is started somewhere, and always with this method.
bool uses_only_this_method(const Evidence& evidence) {
  bool is_started = false;
  for (const StartSite& site : evidence.starts) {
    if (site.start.client != "lego") continue;
    const auto& words = site.start.words;
    if (std::find(words.begin(), words.end(), "--dns-persist") == words.end()) return false;
    is_started = true;
  }
  return is_started;
}

}  // namespace

void add_lego_variables(Host& host, const std::string& path, Evidence& evidence) {
  const auto file = host.read_if_regular(path);
  if (!file) return;
  std::string names;
  for (const NumberedLine& line : lines_of(file->text)) {
    const std::string_view text = trim(line.text);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || text.front() == '#') continue;
    std::string_view name = trim(text.substr(0, equals));
    if (name.substr(0, 7) == "export ") name = trim(name.substr(7));
    if (!is_secret(name)) continue;
    names.append(names.empty() ? "" : ", ").append(name);
  }
  if (names.empty()) return;
  evidence.credentials.push_back({.client = "lego",
                                  .place = host.place(path),
                                  .what = std::move(names),
                                  .mode = file->facts.mode});
}

void look_at_lego(Host& host, Evidence& evidence) {
  for (const std::string_view path : configuration_files) {
    read_configuration(host, std::string(path), evidence);
  }
  for (const std::string& name : host.list("/etc/lego")) {
    if (name.ends_with(".env")) add_lego_variables(host, "/etc/lego/" + name, evidence);
  }
  const bool is_needed = !uses_only_this_method(evidence);
  for (DnsCredentials& found : evidence.credentials) {
    if (found.client == "lego") found.is_needed = is_needed;
  }
  for (const StartSite& site : evidence.starts) {
    const auto& words = site.start.words;
    const auto flag = std::find(words.begin(), words.end(), "--dns-persist");
    if (site.start.client != "lego" || flag == words.end()) continue;
    evidence.certificates.push_back({.client = "lego", .name = "", .place = site.place});
  }
}

}  // namespace persist::hook::doctor
