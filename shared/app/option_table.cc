#include "app/option_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "config/flat_settings.h"

namespace persist::app {
namespace {

constexpr std::string_view variable_prefix = "PERSIST_HOOK_";

const OptionRow* find_row(std::span<const OptionRow> rows, std::string_view name) {
  const auto row = std::find_if(rows.begin(), rows.end(), [name](const OptionRow& candidate) {
    return candidate.name == name;
  });
  return row == rows.end() ? nullptr : &*row;
}

const OptionRow* find_variable_row(std::span<const OptionRow> rows, std::string_view variable) {
  const auto row = std::find_if(rows.begin(), rows.end(), [variable](const OptionRow& candidate) {
    return variable_name(candidate.name) == variable;
  });
  return row == rows.end() ? nullptr : &*row;
}

/// The values of a variable: commas separate repeats.
std::vector<std::string> variable_values(const OptionRow& row, std::string_view text) {
  if (!row.repeatable) return {std::string(text)};
  std::vector<std::string> values;
  for (const std::string_view part : split(text, ',')) values.emplace_back(trim(part));
  return values;
}

struct Sourced {
  const std::vector<std::string>* values = nullptr;
  Origin origin = Origin::flag;
};

/// Where values can come from, the one that counts first.
struct Sources {
  const Values& flags;
  const Values& variables;
  const Values& file;

  Sourced first(std::string_view name) const {
    const std::pair<const Values*, Origin> all[] = {
        {&flags, Origin::flag}, {&variables, Origin::variable}, {&file, Origin::file}};
    for (const auto& [values, origin] : all) {
      const auto found = values->find(name);
      if (found != values->end()) return {&found->second, origin};
    }
    return {};
  }
};

/// The other row that means the same; null if there is none.
const OptionRow* find_twin(std::span<const OptionRow> rows, const OptionRow& row) {
  const auto twin = std::find_if(rows.begin(), rows.end(), [&row](const OptionRow& candidate) {
    return candidate.same_as == row.name || candidate.name == row.same_as;
  });
  return twin == rows.end() ? nullptr : &*twin;
}

/// On the command line a flag has no value; a variable or the settings file says true or false.
std::optional<std::string> apply(const OptionRow& row, const std::string& value) {
  if (!row.metavar.empty() || value == "true") return row.apply(value);
  if (value == "false") return {};
  return quote(value) + " is neither true nor false";
}

std::string source_name(const OptionRow& row, Origin origin) {
  if (origin == Origin::variable) return variable_name(row.name);
  return fmt::format("{}{}", origin == Origin::flag ? "--" : "setting ", row.name);
}

/// The values that count for a row; none where those of its twin do.
Expected<Sourced, UsageError> source_of(std::span<const OptionRow> rows, const OptionRow& row,
                                        const Sources& sources) {
  const Sourced own = sources.first(row.name);
  const OptionRow* const twin = find_twin(rows, row);
  if (own.values == nullptr || twin == nullptr) return own;
  const Sourced other = sources.first(twin->name);
  if (other.values == nullptr || other.origin > own.origin) return own;
  if (other.origin < own.origin) return Sourced{};
  if (*other.values == *own.values) return own;
  return Unexpected(
      UsageError{fmt::format("{} and {} contradict each other", source_name(row, own.origin),
                             source_name(*twin, other.origin)),
                 "the two mean the same: give one of them"});
}

}  // namespace

std::string variable_name(std::string_view option) {
  std::string name(variable_prefix);
  for (const char c : option) {
    name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  return name;
}

std::string_view to_text(Origin origin) {
  switch (origin) {
    case Origin::flag:
      return "flag";
    case Origin::variable:
      return "variable";
    case Origin::file:
      return "settings file";
    case Origin::client:
      return "client";
  }
  return "";
}

Expected<Values, UsageError> parse_variables(std::span<const OptionRow> rows,
                                             const Environment& environment) {
  Values values;
  for (const auto& [name, text] : environment.variables) {
    if (name.compare(0, variable_prefix.size(), variable_prefix) != 0) continue;
    const OptionRow* row = find_variable_row(rows, name);
    if (row == nullptr) {
      return Unexpected(UsageError{fmt::format("unknown variable {}", escape(name)),
                                   "every PERSIST_HOOK_ variable is the name of an option"});
    }
    if (!row->from_environment) {
      return Unexpected(
          UsageError{fmt::format("{} is not read from the environment", escape(name)),
                     fmt::format("give --{} where the program is called", row->name)});
    }
    if (text.empty())
      return Unexpected(UsageError{fmt::format("{} is set, but empty", escape(name))});
    values.insert_or_assign(std::string(row->name), variable_values(*row, text));
  }
  return values;
}

Expected<Values, UsageError> parse_settings(std::span<const OptionRow> rows,
                                            const std::string& path, const std::string& text) {
  const auto settings = config::parse_flat_settings(path, text);
  const auto place_of = [&path](const Location& location) {
    if (location.line == 0) return escape(path);
    return fmt::format("{}:{}:{}", escape(path), location.line, location.column);
  };
  if (!settings) {
    const config::ConfigError& error = settings.error();
    return Unexpected(UsageError{place_of(error.location) + ": " + error.message, error.hint});
  }
  Values values;
  for (const config::FlatSetting& setting : *settings) {
    const std::string place = place_of(setting.location);
    const OptionRow* row = find_row(rows, setting.key);
    if (row == nullptr || !row->from_file) {
      return Unexpected(
          UsageError{fmt::format("{}: unknown setting {}", place, quote(setting.key))});
    }
    if (setting.values.size() != 1 && !row->repeatable) {
      return Unexpected(UsageError{fmt::format("{}: {} takes one value", place, row->name)});
    }
    if (!values.emplace(row->name, setting.values).second)
      return Unexpected(UsageError{fmt::format("{}: {} is given twice", place, row->name)});
  }
  return values;
}

Expected<GivenOptions, UsageError> apply_values(std::span<const OptionRow> rows,
                                                const Values& flags, const Values& variables,
                                                const Values& file) {
  GivenOptions given;
  for (const OptionRow& row : rows) {
    const auto counting = source_of(rows, row, {flags, variables, file});
    if (!counting) return Unexpected(counting.error());
    const Sourced source = *counting;
    if (source.values == nullptr) continue;
    for (const std::string& value : *source.values) {
      if (const auto problem = apply(row, value)) {
        return Unexpected(
            UsageError{fmt::format("{}: {}", source_name(row, source.origin), *problem)});
      }
    }
    given.insert_or_assign(
        std::string(row.name),
        Given{.origin = source.origin, .values = *source.values, .is_flag = row.metavar.empty()});
  }
  return given;
}

std::string options_help(std::span<const OptionRow> rows) {
  std::string text;
  for (const OptionRow& row : rows) {
    if (!row.from_flag) continue;
    std::string left = row.letter == '\0' ? "      " : fmt::format("  -{}, ", row.letter);
    left += fmt::format("--{}{}{}", row.name, row.metavar.empty() ? "" : " ", row.metavar);
    text += fmt::format("{:<36}{}{}\n", left, row.help, row.repeatable ? " (repeatable)" : "");
  }
  return text;
}

}  // namespace persist::app
