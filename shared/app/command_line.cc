#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/option_table.h"
#include "base/escape.h"

namespace persist::app {
namespace {

/// Declares one row; what it is given ends up in `line`.
void declare(CLI::App& app, const OptionRow& row, CommandLine& line) {
  std::string names = "--" + row.name;
  if (row.letter != '\0') names = fmt::format("-{},{}", row.letter, names);
  if (row.metavar.empty()) {
    app.add_flag_callback(names, [&line, &row] { line.values[row.name] = {"true"}; });
    return;
  }
  CLI::Option* option = app.add_option_function<std::vector<std::string>>(
      names, [&line, &row](const std::vector<std::string>& values) { line.values[row.name] = values; });
  option->expected(1)->allow_extra_args(false);
  if (row.repeatable) option->take_all();
}

}  // namespace

Expected<CommandLine, UsageError> parse_command_line(std::span<const OptionRow> rows,
                                                     std::string_view positional,
                                                     std::span<const std::string_view> arguments) {
  CommandLine line;
  try {
    CLI::App app;
    app.set_help_flag();
    app.add_flag("-h,--help", line.wants_help);
    for (const OptionRow& row : rows) declare(app, row, line);
    if (!positional.empty()) app.add_option("positionals", line.positionals);
    // CLI11 takes the arguments from the back of the vector.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    if (line.wants_help) return line;
    return Unexpected(UsageError{escape(error.what(), 300)});
  } catch (const std::exception& error) {
    return Unexpected(UsageError{escape(error.what(), 300)});
  }
  return line;
}

}  // namespace persist::app
