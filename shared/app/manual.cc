#include "app/manual.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace persist::app {
namespace {

/// Text that means itself in mdoc(7): no request, no escape, and no character that roff would print
/// as a prettier one.
std::string to_roff(std::string_view text) {
  static constexpr std::pair<char, std::string_view> glyphs[] = {
      {'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"}, {'"', "\\(dq"},
      {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}};
  std::string roff = text.substr(0, 1) == "." ? "\\&" : "";
  for (const char c : text) {
    const auto* const glyph = std::find_if(std::begin(glyphs), std::end(glyphs),
                                           [c](const auto& row) { return row.first == c; });
    if (glyph == std::end(glyphs))
      roff += c;
    else
      roff += glyph->second;
  }
  return roff;
}

/// One argument of a macro.
std::string argument(std::string_view text) {
  return '"' + to_roff(text) + '"';
}

/// A line of the page for each sentence: the formatters know by that where one ends.
std::string sentences(std::string_view line) {
  std::string roff;
  while (!line.empty()) {
    const std::size_t end = line.find(". ");
    const std::string_view sentence = line.substr(0, end == std::string_view::npos ? end : end + 1);
    roff += to_roff(sentence) + "\n";
    line.remove_prefix(std::min(line.size(), sentence.size() + 1));
  }
  return roff;
}

std::string paragraphs(std::string_view text) {
  std::string roff;
  for (const std::string_view line : split(text, '\n')) {
    roff += line.empty() ? ".Pp\n" : sentences(line);
  }
  return roff;
}

std::string option_term(const OptionRow& row) {
  std::string term;
  if (row.letter != '\0') term += fmt::format("Fl {} , ", row.letter);
  term += "Fl Fl " + to_roff(row.name);
  if (!row.metavar.empty()) term += " Ar " + argument(row.metavar);
  return term;
}

/// Where else than on the command line the option may be given.
std::string other_places(const OptionRow& row) {
  const std::string variable = ".Ev " + to_roff(variable_name(row.name));
  const std::string setting = ".Ql " + argument(row.name) + "\nin the settings file.\n";
  if (row.from_environment && row.from_file) return "Also\n" + variable + "\nand\n" + setting;
  if (row.from_environment) return "Also\n" + variable + " .\n";
  return row.from_file ? "Also\n" + setting : "On the command line only.\n";
}

/// An option, and the one command for which it means something else than for those before it.
struct ListedOption {
  const OptionRow* row;
  std::string_view command;  ///< empty: for all that have it
};

/// Every option once; once more where a command has its own meaning for it.
std::vector<ListedOption> list_options(const std::vector<CommandManual>& commands) {
  std::vector<ListedOption> listed;
  for (const CommandManual& command : commands) {
    for (const OptionRow& row : command.rows) {
      const auto has_name = [&row](const ListedOption& other) {
        return other.row->name == row.name;
      };
      const bool is_listed = std::any_of(listed.begin(), listed.end(), has_name);
      const bool is_same = std::any_of(listed.begin(), listed.end(), [&](const auto& other) {
        return has_name(other) && other.row->help == row.help && other.row->metavar == row.metavar;
      });
      if (!is_same) listed.push_back({&row, is_listed ? command.name : std::string_view()});
    }
  }
  std::stable_sort(listed.begin(), listed.end(), [](const auto& left, const auto& right) {
    return left.row->name < right.row->name;
  });
  return listed;
}

std::string option_entry(const ListedOption& option) {
  const OptionRow& row = *option.row;
  std::string text = option.command.empty() ? "" : fmt::format("of {}: ", option.command);
  text += fmt::format("{}{}", row.help, row.repeatable ? " (repeatable)" : "");
  if (text.back() != '.') text += '.';
  return fmt::format(".It {}\n{}\n{}", option_term(row), to_roff(text), other_places(row));
}

std::string options_section(const std::vector<ListedOption>& options) {
  std::string text = ".Sh OPTIONS\n.Bl -tag -width Ds\n";
  for (const ListedOption& option : options) {
    if (option.row->from_flag) text += option_entry(option);
  }
  text += ".El\n.Pp\nOnly the settings file may say:\n.Bl -tag -width Ds\n";
  for (const ListedOption& option : options) {
    if (option.row->from_flag) continue;
    text += fmt::format(".It Ql {} Ar {}\n{}.\n", argument(fmt::format("{}:", option.row->name)),
                        argument(option.row->metavar), to_roff(option.row->help));
  }
  return text + ".El\n";
}

/// A word that is not broken at the end of a line.
std::string unbroken(std::string_view word) {
  return "\\%" + to_roff(word);
}

std::string names_of_options(const CommandManual& command) {
  std::string names;
  for (const OptionRow& row : command.rows) {
    if (!row.from_flag) continue;
    names += (names.empty() ? "" : ",\n") + unbroken(fmt::format("--{}", row.name));
  }
  return names;
}

/// The options of the command at `at`, or the name of one before it that has the same.
std::string options_of(const std::vector<CommandManual>& commands, std::size_t at) {
  const std::string names = names_of_options(commands[at]);
  for (std::size_t i = 0; i < at; ++i) {
    if (!commands[i].name.empty() && names_of_options(commands[i]) == names)
      return fmt::format("Options: those of\n.Cm {} .\n", to_roff(commands[i].name));
  }
  return fmt::format("Options:\n{}.\n", names);
}

std::string call_of(const CommandManual& command) {
  std::string call;
  if (!command.name.empty()) call += "Cm " + to_roff(command.name) + " ";
  call += "Oo Ar OPTIONS Oc";
  if (!command.positional.empty()) call += " Ar " + argument(command.positional);
  return call;
}

std::string commands_section(const std::vector<CommandManual>& commands) {
  std::string text = ".Sh COMMANDS\n.Bl -tag -width Ds\n";
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const CommandManual& command = commands[i];
    if (command.name.empty()) continue;
    text += fmt::format(".It {}\n{}.\n{}", call_of(command), to_roff(command.summary),
                        options_of(commands, i));
    text += fmt::format(".Bd -literal -offset indent\n{}\n.Ed\n", to_roff(command.example));
  }
  return text + ".El\n";
}

std::string section(const ManualSection& section) {
  std::string text = fmt::format(".Sh {}\n{}", section.title, paragraphs(section.text));
  if (section.entries.empty()) return text;
  text += ".Bl -tag -width Ds\n";
  for (const ManualEntry& entry : section.entries)
    text += fmt::format(".It {}\n{}", argument(entry.term), paragraphs(entry.text));
  return text + ".El\n";
}

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return upper;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-';
  });
}

}  // namespace

std::vector<std::string_view> words_of(const CommandManual& command, const OptionRow& row) {
  const auto given = command.words.find(row.name);
  if (given != command.words.end()) return given->second;
  std::vector<std::string_view> words = split(row.metavar, '|');
  if (words.size() < 2 || !std::all_of(words.begin(), words.end(), is_word)) words.clear();
  return words;
}

std::string to_mdoc(const Manual& manual) {
  std::string page =
      fmt::format(".Dd {}\n.Dt {} 1\n.Os\n.Sh NAME\n.Nm {}\n.Nd {}\n.Sh SYNOPSIS\n", manual.date,
                  to_upper(manual.program), to_roff(manual.program), to_roff(manual.title));
  for (const CommandManual& command : manual.commands)
    page += fmt::format(".Nm\n.{}\n", call_of(command));
  page +=
      ".Nm\n.Fl Fl help | Fl Fl version | Fl Fl man\n.Nm\n.Fl Fl completion Ar \"bash|zsh|fish\"\n";
  page += ".Sh DESCRIPTION\n.Nm\n" + paragraphs(manual.description) +
          commands_section(manual.commands) + options_section(list_options(manual.commands));
  for (const ManualSection& further : manual.sections) page += section(further);
  page += ".Sh SEE ALSO\n";
  for (std::size_t i = 0; i < manual.see_also.size(); ++i) {
    const auto& [name, number] = manual.see_also[i];
    page += fmt::format(".Xr {} {}{}\n", to_roff(name), number,
                        i + 1 == manual.see_also.size() ? "" : " ,");
  }
  return page + ".Sh STANDARDS\n" + paragraphs(manual.standards);
}

}  // namespace persist::app
