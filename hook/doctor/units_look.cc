// systemd: services with their drop-ins, as systemd.unit(5) puts them together. No specifier and no
// variable is expanded.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/ascii.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

constexpr std::array<std::string_view, 5> unit_folders{
    "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system", "/lib/systemd/system"};
constexpr std::string_view suffix = ".service";

struct Setting {
  std::string key;
  std::string value;
  Location place;
};

void read_settings(Host& host, const std::string& path, std::vector<Setting>& settings) {
  const auto file = host.read_if_regular(path);
  if (!file) return;
  bool goes_on = false;
  for (const NumberedLine& line : lines_of(file->text)) {
    std::string_view text = trim(line.text);
    if (!text.empty() && (text.front() == '#' || text.front() == ';')) continue;
    const bool continues = std::exchange(goes_on, !text.empty() && text.back() == '\\');
    if (goes_on) text.remove_suffix(1);
    if (continues) {
      settings.back().value.append(" ").append(trim(text));
      continue;
    }
    const std::size_t equals = text.find('=');
    const bool is_setting = equals != std::string_view::npos && text.front() != '[';
    settings.push_back({.key = std::string(is_setting ? trim(text.substr(0, equals)) : ""),
                        .value = std::string(is_setting ? trim(text.substr(equals + 1)) : ""),
                        .place = host.place(path, line.number)});
  }
}

/// A unit while it is put together.
class Unit {
 public:
  Unit(Host& host, Evidence& evidence) : host_(host), evidence_(evidence) {}

  void add(const std::vector<Setting>& settings) {
    for (const Setting& setting : settings) {
      if (setting.key.substr(0, 4) == "Exec") {
        auto& lines = lines_[setting.key];
        if (setting.value.empty()) {
          lines.clear();
        } else {
          lines.push_back(setting);
        }
      } else if (setting.key == "Environment") {
        for (const auto& part : parse_plain_command(setting.value).commands) {
          for (const std::string& word : part.words) add_variable(word, setting.place, evidence_);
        }
      } else if (setting.key == "EnvironmentFile") {
        environment_files_.push_back(setting.value);
      } else if (setting.key == "SuccessExitStatus" && !setting.value.empty()) {
        counts_failures_ = false;
      }
    }
  }

  void judge() {
    std::string client;
    for (const Setting& line : lines_["ExecStart"]) {
      const auto reading = read(line);
      if (client.empty() && !reading.starts.empty()) client = reading.starts.front().client;
      for (const OwnCall& call : reading.calls) {
        if (client.empty()) client = call.client;
      }
    }
    bool is_gated = false;
    for (const char* const key : {"ExecCondition", "ExecStartPre", "ExecStart"}) {
      for (const Setting& line : lines_[key]) add_line(line, client, is_gated);
    }
    for (const char* const key : {"ExecStartPost", "ExecStop", "ExecStopPost"}) {
      for (const Setting& line : lines_[key]) add_late_line(line, client);
    }
    for (const std::string& file : environment_files_) read_environment(file, client);
  }

 private:
  /// Without what stands in front of the program: `-`, `@`, `:`, `+`, `!`.
  static std::string_view command_of(const Setting& line) {
    const std::string_view value(line.value);
    return trim(value.substr(std::min(value.size(), value.find_first_not_of("-@:+!"))));
  }

  static bool ignores_failure(const Setting& line) {
    const std::string_view value(line.value);
    return contains(value.substr(0, value.find_first_not_of("-@:+!")), "-");
  }

  static CommandReading read(const Setting& line) {
    const std::string_view command = command_of(line);
    return is_of_interest(command) ? read_plain_command(command) : CommandReading();
  }

  void add_line(const Setting& line, const std::string& client, bool& is_gated) {
    CommandReading reading = read(line);
    for (OwnCall& call : reading.calls) {
      // What runs a client by itself, behind `--` or in its shell, stops it by itself too.
      const bool is_alone = call.slot == nullptr && call.client.empty();
      if (!is_alone) continue;
      if (ignores_failure(line) && call.effect == Effect::stops) call.effect = Effect::passes;
      if (!counts_failures_ && call.effect == Effect::stops) call.effect = Effect::cannot_tell;
      call.client = client;
      if (!client.empty() && call.effect == Effect::stops) is_gated = true;
    }
    for (ClientStart& start : reading.starts) start.is_gated = start.is_gated || is_gated;
    add_command(reading, {.client = client, .place = line.place}, evidence_);
  }

  void add_late_line(const Setting& line, const std::string& client) {
    CommandReading reading = read(line);
    for (OwnCall& call : reading.calls) {
      if (call.slot != nullptr || !call.client.empty()) continue;
      call.client = client;
      call.effect = Effect::passes;
    }
    add_command(reading, {.client = client, .place = line.place}, evidence_);
  }

  void read_environment(std::string path, const std::string& client) {
    if (!path.empty() && path.front() == '-') path.erase(0, 1);
    if (path.empty() || path.front() != '/' || contains(path, "*") || contains(path, "%")) return;
    if (client == "lego") add_lego_variables(host_, path, evidence_);
    const auto file = host_.read_if_regular(path);
    if (!file) return;
    for (const NumberedLine& line : lines_of(file->text)) {
      add_variable(line.text, host_.place(path, line.number), evidence_);
    }
  }

  Host& host_;
  Evidence& evidence_;
  std::map<std::string, std::vector<Setting>> lines_;
  std::vector<std::string> environment_files_;
  bool counts_failures_ = true;
};

/// The file that counts of each name: the one in the first folder that has it.
using Files = std::map<std::string, std::string>;

void collect(Host& host, std::map<std::string, std::string>& units,
             std::map<std::string, Files>& drop_ins) {
  for (const std::string_view folder : unit_folders) {
    const std::string place(folder);
    for (const std::string& name : host.list(place)) {
      if (name.ends_with(suffix)) {
        units.emplace(name, join_path(place, name));
        continue;
      }
      constexpr std::string_view drop_in_suffix = ".service.d";
      if (!name.ends_with(drop_in_suffix)) continue;
      Files& files = drop_ins[name.substr(0, name.size() - 2)];
      for (const std::string& part : host.list(join_path(place, name))) {
        if (part.ends_with(".conf")) files.emplace(part, join_path(place, join_path(name, part)));
      }
    }
  }
}

}  // namespace

void look_at_units(Host& host, Evidence& evidence) {
  std::map<std::string, std::string> units;
  std::map<std::string, Files> drop_ins;
  collect(host, units, drop_ins);
  for (const auto& [name, files] : drop_ins) units.emplace(name, "");
  for (const auto& [name, path] : units) {
    std::vector<Setting> settings;
    if (!path.empty()) read_settings(host, path, settings);
    const auto more = drop_ins.find(name);
    if (more != drop_ins.end()) {
      for (const auto& [part, file] : more->second) read_settings(host, file, settings);
    }
    const bool is_wanted = std::any_of(settings.begin(), settings.end(), [](const Setting& line) {
      return is_of_interest(line.value) || contains(line.value, "PERSIST_HOOK_");
    });
    if (!is_wanted) continue;
    Unit unit(host, evidence);
    unit.add(settings);
    unit.judge();
  }
}

}  // namespace persist::hook::doctor
