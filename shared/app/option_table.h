#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/environment.h"
#include "base/expected.h"

namespace persist::app {

/// One option: a row serves the command line, the environment, the settings file and the usage
/// text.
struct OptionRow {
  std::string_view name;     ///< long name without `--`
  std::string_view metavar;  ///< `URL`; empty: a flag without a value
  std::string_view help;
  /// Takes a value (`true` for a flag, which is not called for `false`); an error text, if it
  /// cannot be used.
  std::function<std::optional<std::string>(std::string_view value)> apply;
  bool repeatable = false;
  bool from_environment = true;  ///< PERSIST_HOOK_... may give it (persist-hook only)
  bool from_file = true;         ///< the settings file may give it
  char letter = '\0';            ///< short form, if there is one
  std::string_view same_as{};    ///< name of the row that means the same; one of the two counts
  bool from_flag = true;         ///< the command line may give it
};

/// Where a value came from.
enum class Origin {
  flag,
  variable,
  file,
  client,  ///< the ACME client that calls, or its files
};
std::string_view to_text(Origin origin);

/// Values by option name; the name stands with `--` and in words: `account-url`.
using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

struct CommandLine {
  Values values{};
  std::vector<std::string> positionals{};
  bool wants_help = false;
};

/// The values of an option that count.
struct Given {
  Origin origin;
  std::vector<std::string> values;  ///< `true` or `false` for a flag
  bool is_flag = false;
  bool operator==(const Given&) const = default;
};

/// By option name.
using GivenOptions = std::map<std::string, Given, std::less<>>;

struct UsageError {
  std::string message;  ///< one line, escaped
  std::string hint{};
};

/// Reads arguments against the rows. `positional` names what may follow the options (`NAME...`);
/// empty: nothing.
/// With `options_come_first`, everything from the first other argument on is taken as it stands.
Expected<CommandLine, UsageError> parse_command_line(std::span<const OptionRow> rows,
                                                     std::string_view positional,
                                                     std::span<const std::string_view> arguments,
                                                     bool options_come_first = false);

/// The variable of an option: `PERSIST_HOOK_ACCOUNT_URL`.
std::string variable_name(std::string_view option);

/// The values of these variables. A variable with this beginning that no row knows is an
/// error, and so is one of a row that must not come from the environment: such a setting would
/// travel through sudo, units and clients unseen.
Expected<Values, UsageError> parse_variables(std::span<const OptionRow> rows,
                                             const Environment& environment);

/// A settings file: flat YAML, the keys are the options' names, lists for repeatable ones.
Expected<Values, UsageError> parse_settings(std::span<const OptionRow> rows,
                                            const std::string& path, const std::string& text);

/// Gives each row the values of the first source that has some: flag, variable, file. Tells where
/// what counted. Two rows that mean the same are one; different values of one source for them are
/// an error.
Expected<GivenOptions, UsageError> apply_values(std::span<const OptionRow> rows,
                                                const Values& flags, const Values& variables,
                                                const Values& file);

/// The options part of a usage text.
std::string options_help(std::span<const OptionRow> rows);

}  // namespace persist::app
