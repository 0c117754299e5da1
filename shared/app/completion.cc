#include "app/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"

namespace persist::app {
namespace {

/// What stands for a path in the usage text.
bool is_path(const OptionRow& row) {
  return row.metavar == "FILE" || row.metavar == "DIR" || row.metavar == "PROGRAM";
}

std::string joined(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::vector<std::string_view> operands_of(const CommandManual& command) {
  const auto found = command.words.find("");
  return found == command.words.end() ? std::vector<std::string_view>() : found->second;
}

/// In single quotes; the shells agree on them.
std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'')
      result += R"('\'')";
    else
      result += c;
  }
  return result + "'";
}

std::string function_name(const Manual& manual) {
  std::string name = "_";
  for (const char c : manual.program) name += c == '-' ? '_' : c;
  return name;
}

// ---- bash

constexpr std::string_view general_options = "--help --version --man --completion";

std::string bash_words_after(const CommandManual& command, const OptionRow& row) {
  const auto words = words_of(command, row);
  std::string patterns = fmt::format("--{}", row.name);
  if (row.letter != '\0') patterns += fmt::format(" | -{}", row.letter);
  std::string action = words.empty() ? "return" : fmt::format("words={}", in_quotes(joined(words)));
  if (is_path(row))
    action = "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$current\"); return";
  return fmt::format("                {}) {} ;;\n", patterns, action);
}

std::string bash_command(const CommandManual& command) {
  std::string text = fmt::format("        {})\n            case $previous in\n", command.name);
  std::string all = "--help";
  for (const OptionRow& row : command.rows) {
    if (!row.from_flag) continue;
    all += fmt::format(" --{}", row.name);
    if (!row.metavar.empty()) text += bash_words_after(command, row);
  }
  const auto operands = operands_of(command);
  if (!operands.empty()) all += " " + joined(operands);
  return text +
         fmt::format("                *) words={} ;;\n            esac ;;\n", in_quotes(all));
}

std::string complete_bash(const Manual& manual) {
  std::string names;
  std::string cases;
  for (const CommandManual& command : manual.commands) {
    if (command.name.empty()) continue;
    names += fmt::format("{} ", command.name);
    cases += bash_command(command);
  }
  const std::string function = function_name(manual);
  return fmt::format(
      R"(# bash completion of {0}, as printed by: {0} --completion bash
{1}() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} words=
    COMPREPLY=()
    [ "$COMP_CWORD" = 1 ] && words={2}
    [ "$COMP_CWORD" = 1 ] || case ${{COMP_WORDS[1]}} in
        --completion) words='bash zsh fish' ;;
{3}    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}}
complete -F {1} {0}
)",
      manual.program, function, in_quotes(names + std::string(general_options)), cases);
}

// ---- zsh

/// Text inside of `[...]` and of the parts between colons of a specification of _arguments.
std::string zsh_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_option(const CommandManual& command, const OptionRow& row) {
  std::string behind = fmt::format("[{}]", zsh_text(row.help));
  if (!row.metavar.empty()) {
    const auto words = words_of(command, row);
    behind += fmt::format(":{}:", zsh_text(row.metavar));
    if (is_path(row))
      behind += "_files";
    else
      behind += words.empty() ? " " : fmt::format("({})", joined(words));
  }
  const std::string_view repeats = row.repeatable ? "*" : "";
  std::string text =
      fmt::format(" \\\n        {}", in_quotes(fmt::format("{}--{}{}", repeats, row.name, behind)));
  if (row.letter != '\0')
    text += fmt::format(" \\\n        {}",
                        in_quotes(fmt::format("{}-{}{}", repeats, row.letter, behind)));
  return text;
}

std::string zsh_command(const CommandManual& command) {
  std::string text =
      fmt::format("      {})\n        _arguments -S '--help[its usage]'", command.name);
  for (const OptionRow& row : command.rows) {
    if (row.from_flag) text += zsh_option(command, row);
  }
  if (!command.positional.empty()) {
    const auto operands = operands_of(command);
    const std::string what = zsh_text(command.positional);
    // Without the guard zsh takes what begins with a hyphen for such an operand.
    const std::string action = operands.empty() ? fmt::format(R"(_guard "^-*" "{}")", what)
                                                : fmt::format("({})", joined(operands));
    text += fmt::format(" \\\n        {}", in_quotes(fmt::format("*:{}:{}", what, action)));
  }
  return text + " ;;\n";
}

std::string complete_zsh(const Manual& manual) {
  std::string names;
  std::string cases;
  for (const CommandManual& command : manual.commands) {
    if (command.name.empty()) continue;
    names +=
        fmt::format("    {}\n", in_quotes(fmt::format("{}:{}", command.name, command.summary)));
    cases += zsh_command(command);
  }
  return fmt::format(
      R"(#compdef {0}
# zsh completion of {0}, as printed by: {0} --completion zsh
{1}() {{
  local -a commands
  commands=(
{2}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- {3}
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
      --completion) compadd bash zsh fish ;;
{4}  esac
}}
if [ "$funcstack[1]" = {1} ]; then {1} "$@"; else compdef {1} {0}; fi
)",
      manual.program, function_name(manual), names, general_options, cases);
}

// ---- fish

std::string fish_option(const CommandManual& command, const OptionRow& row,
                        std::string_view beginning) {
  std::string text = fmt::format("{} -l {}", beginning, row.name);
  if (row.letter != '\0') text += fmt::format(" -s {}", row.letter);
  if (!row.metavar.empty()) {
    const auto words = words_of(command, row);
    text += is_path(row) ? " -r -F" : " -x";
    if (!words.empty()) text += " -a " + in_quotes(joined(words));
  }
  return text + fmt::format(" -d {}\n", in_quotes(row.help));
}

std::string complete_fish(const Manual& manual) {
  std::string text = fmt::format(
      "# fish completion of {0}, as printed by: {0} --completion fish\ncomplete -c {0} -f\n",
      manual.program);
  const std::string first = fmt::format("complete -c {} -n __fish_use_subcommand", manual.program);
  text += first + " -l version -d 'the version'\n" + first + " -l man -d 'the manual page'\n" +
          first + " -l completion -x -a 'bash zsh fish' -d 'completions of a shell'\n" +
          fmt::format("complete -c {} -l help -s h -d 'the usage'\n", manual.program);
  for (const CommandManual& command : manual.commands) {
    if (command.name.empty()) continue;
    text += fmt::format("{} -a {} -d {}\n", first, command.name, in_quotes(command.summary));
    const std::string beginning = fmt::format("complete -c {} -n '__fish_seen_subcommand_from {}'",
                                              manual.program, command.name);
    for (const OptionRow& row : command.rows) {
      if (row.from_flag) text += fish_option(command, row, beginning);
    }
    const auto operands = operands_of(command);
    if (!operands.empty())
      text += fmt::format("{} -a {}\n", beginning, in_quotes(joined(operands)));
  }
  return text;
}

}  // namespace

const std::vector<CompletedShell>& completed_shells() {
  static const std::vector<CompletedShell> table{
      {"bash", complete_bash}, {"zsh", complete_zsh}, {"fish", complete_fish}};
  return table;
}

Expected<std::string, UsageError> completion_for(std::string_view shell, const Manual& manual) {
  for (const CompletedShell& row : completed_shells()) {
    if (row.name == shell) return row.complete(manual);
  }
  return Unexpected(UsageError{fmt::format("no completions for {}", quote(shell, 80)),
                               "there are some for bash, zsh and fish"});
}

}  // namespace persist::app
