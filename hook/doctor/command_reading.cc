#include "hook/doctor/command_reading.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "base/ascii.h"
#include "hook/callers/other_command_line.h"
#include "hook/doctor/course.h"

namespace persist::hook::doctor {
namespace {

constexpr std::string_view our_name = "persist-hook";
constexpr unsigned most_shells = 3;  ///< `sh -c` in `sh -c`

struct ClientProgram {
  std::string_view program;
  std::string_view client;
};
constexpr std::array<ClientProgram, 8> client_programs{{{"certbot", "certbot"},
                                                        {"certbot.renew", "certbot"},
                                                        {"letsencrypt", "certbot"},
                                                        {"certbot-auto", "certbot"},
                                                        {"lego", "lego"},
                                                        {"acme.sh", "acme.sh"},
                                                        {"dehydrated", "dehydrated"},
                                                        {"uacme", "uacme"}}};

/// Options of clients that take a command.
struct HookOption {
  std::string_view client;
  OtherOption option;
  const Slot* slot;
  bool is_for_shell;
};
constexpr std::array<HookOption, 15> hook_options{{
    {"certbot", {"--pre-hook"}, &certbot_line_slot, true},
    {"certbot", {"--manual-auth-hook"}, &certbot_auth_slot, true},
    {"certbot", {"--post-hook"}, &certbot_late_slot, true},
    {"certbot", {"--deploy-hook"}, &certbot_late_slot, true},
    {"certbot", {"--renew-hook"}, &certbot_late_slot, true},
    {"lego", {"--pre-hook"}, &lego_pre_slot, false},
    {"lego", {"--post-hook"}, &lego_late_slot, false},
    {"lego", {"--deploy-hook"}, &lego_late_slot, false},
    {"lego", {"--run-hook"}, &lego_late_slot, false},
    {"lego", {"--renew-hook"}, &lego_late_slot, false},
    {"acme.sh", {"--pre-hook"}, &acme_sh_pre_slot, true},
    {"acme.sh", {"--post-hook"}, &acme_sh_late_slot, true},
    {"acme.sh", {"--renew-hook"}, &acme_sh_late_slot, true},
    {"dehydrated", {"--hook", 'k'}, &dehydrated_slot, false},
    {"uacme", {"--hook", 'h'}, &uacme_slot, false},
}};

/// Programs that only start another one and hand its status on, and words of a shell behind which a
/// command begins.
constexpr std::array<std::string_view, 24> wrappers{
    "env",         "snap",  "nice",   "ionice",  "chrt",    "timeout", "sudo", "doas",
    "chronic",     "flock", "exec",   "command", "python3", "time",    "if",   "then",
    "systemd-cat", "do",    "stdbuf", "else",    "while",   "until",   "!",    "{"};
constexpr std::array<std::string_view, 5> shells{"sh", "bash", "dash", "ash", "zsh"};
/// Programs that take our name as a text.
constexpr std::array<std::string_view, 10> readers{"test", "[",     "echo", "printf", "logger",
                                                   "ls",   "which", "type", "grep",   "stat"};

template <typename Table>
bool is_one_of(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

bool is_ours(std::string_view word) {
  return file_name_of(word) == our_name;
}

bool names_us(const SimpleCommand& command) {
  const auto names = [](const std::string& word) { return contains(word, our_name); };
  return std::any_of(command.words.begin(), command.words.end(), names) ||
         std::any_of(command.assignments.begin(), command.assignments.end(), names);
}

/// The command without wrappers; what they take to themselves goes too.
std::span<const std::string> unwrap(const SimpleCommand& command) {
  const std::span<const std::string> words(command.words);
  if (words.empty() || !is_one_of(wrappers, file_name_of(words.front()))) return words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view name = file_name_of(words[i]);
    if (name == our_name || !client_of_program(name).empty() || is_one_of(shells, name)) {
      return words.subspan(i);
    }
  }
  return words;
}

/// The text behind `-c` of a shell; empty if the command is none such.
std::optional<std::string> script_of(std::span<const std::string> words) {
  if (words.size() < 3 || !is_one_of(shells, file_name_of(words.front()))) return {};
  const std::string_view flags = words[1];
  if (flags.size() < 2 || flags[0] != '-' || flags.back() != 'c') return {};
  return (contains(flags, "e") ? "set -e\n" : "") + words[2];
}

class Reader {
 public:
  CommandReading take() { return std::move(reading_); }

  void read(const CommandList& list, unsigned depth) {
    std::vector<bool> starts_client(list.commands.size());
    std::vector<std::size_t> first_call(list.commands.size() + 1);
    std::vector<std::size_t> places;  // of the commands that call us
    const std::size_t first_start = reading_.starts.size();
    for (std::size_t i = 0; i < list.commands.size(); ++i) {
      const SimpleCommand& command = list.commands[i];
      const auto words = unwrap(command);
      first_call[i] = reading_.calls.size();
      const auto script = script_of(words);
      if (script && depth < most_shells) {
        const std::size_t calls = reading_.calls.size();
        const std::size_t starts = reading_.starts.size();
        read(parse_shell_text(*script), depth + 1);
        starts_client[i] = reading_.starts.size() > starts;
        if (list.commands.size() > 1) doubt(calls);
        continue;
      }
      if (!words.empty() && is_ours(words.front())) {
        add_own(command, words);
        places.push_back(i);
      } else if (!words.empty() && !client_of_program(words.front()).empty()) {
        add_start(command, words);
        starts_client[i] = true;
      } else if (names_us(command) &&
                 (words.empty() || !is_one_of(readers, file_name_of(words.front())))) {
        // An assignment for later commands, or a program that we do not know.
        reading_.names_us_oddly = true;
      }
    }
    judge(list, places, first_call, starts_client, first_start);
  }

 private:
  void doubt(std::size_t first) {
    for (std::size_t i = first; i < reading_.calls.size(); ++i) {
      if (reading_.calls[i].slot == nullptr) reading_.calls[i].effect = Effect::cannot_tell;
    }
  }

  void judge(const CommandList& list, const std::vector<std::size_t>& places,
             const std::vector<std::size_t>& first_call, const std::vector<bool>& starts_client,
             std::size_t first_start) {
    const bool has_start =
        std::find(starts_client.begin(), starts_client.end(), true) != starts_client.end();
    for (const std::size_t at : places) {
      OwnCall& call = reading_.calls[first_call[at]];
      const bool is_behind_dashes = !call.client.empty();
      const Course course = follow(list, at, starts_client);
      if (has_start && !is_behind_dashes) call.client = reading_.starts[first_start].client;
      if (!list.is_clear || !course.runs_us) {
        call.effect = is_behind_dashes && list.is_clear ? Effect::stops : Effect::cannot_tell;
      } else if (has_start) {
        call.effect = course.starts_client ? Effect::passes : Effect::stops;
      } else if (!is_behind_dashes) {
        call.effect = course.fails ? Effect::stops : Effect::passes;
      }
      if (call.effect != Effect::stops) continue;
      for (std::size_t i = first_start; i < reading_.starts.size(); ++i) {
        reading_.starts[i].is_gated = true;
      }
    }
  }

  void add_own(const SimpleCommand& command, std::span<const std::string> words) {
    OwnCall call{.program = words.front(), .moves_output = command.moves_output};
    const auto dashes = std::find(words.begin(), words.end(), "--");
    call.arguments.assign(words.begin(), dashes);
    if (dashes != words.end()) {
      SimpleCommand inner;
      inner.words.assign(dashes + 1, words.end());
      const auto started = unwrap(inner);
      if (!started.empty()) call.client = client_of_program(started.front());
    }
    reading_.calls.push_back(std::move(call));
  }

  void add_start(const SimpleCommand& command, std::span<const std::string> words) {
    ClientStart start{.client = std::string(client_of_program(words.front())),
                      .words = {words.begin(), words.end()}};
    for (const HookOption& row : hook_options) {
      if (row.client != start.client) continue;
      for (const std::string& value : values_of(words, row.option)) {
        add_hook(value, row, start);
      }
    }
    const auto add_assigned = [&](const std::string& assignment) {
      constexpr std::string_view variable = "EXEC_PATH=";
      if (start.client != "lego" || assignment.substr(0, variable.size()) != variable) return;
      const std::string value = assignment.substr(variable.size());
      if (is_ours(value)) add_call({.program = value, .arguments = {value}}, &lego_exec_slot);
    };
    for (const std::string& assignment : command.assignments) add_assigned(assignment);
    for (const std::string& word : command.words) add_assigned(word);  // behind `env`
    reading_.starts.push_back(std::move(start));
  }

  void add_hook(const std::string& value, const HookOption& row, ClientStart& start) {
    if (!contains(value, our_name)) return;
    CommandReading inner = row.is_for_shell ? read_shell_command(value) : read_plain_command(value);
    if (inner.calls.empty()) reading_.names_us_oddly = true;
    for (OwnCall& call : inner.calls) {
      if (row.slot->time == SlotTime::before_order) start.is_gated = true;
      add_call(std::move(call), row.slot);
    }
  }

  void add_call(OwnCall call, const Slot* slot) {
    call.slot = slot;
    call.client = slot->client;
    reading_.calls.push_back(std::move(call));
  }

  CommandReading reading_;
};

CommandReading read_list(const CommandList& list) {
  Reader reader;
  reader.read(list, 0);
  return reader.take();
}

}  // namespace

CommandReading read_shell_command(std::string_view text) {
  return read_list(parse_shell_text(text));
}

CommandReading read_plain_command(std::string_view text) {
  return read_list(parse_plain_command(text));
}

std::string_view file_name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view client_of_program(std::string_view path) {
  const std::string_view name = file_name_of(path);
  const auto row =
      std::find_if(client_programs.begin(), client_programs.end(),
                   [name](const ClientProgram& known) { return known.program == name; });
  return row == client_programs.end() ? std::string_view() : row->client;
}

}  // namespace persist::hook::doctor
