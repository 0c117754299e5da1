#include "hook/cli.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "hook/command.h"
#include "hook/own_options.h"
#include "publish/writer.h"

namespace persist::hook {
namespace {

using app::OptionRow;
using Problem = std::optional<std::string>;

constexpr std::string_view default_settings_path = "/etc/persist-hook.yaml";

void append(std::vector<OptionRow>& rows, std::vector<OptionRow> more) {
  rows.reserve(rows.size() + more.size());
  for (OptionRow& row : more) rows.push_back(std::move(row));
}

bool has(std::span<const std::string_view> names, const OptionRow& row) {
  return std::find(names.begin(), names.end(), row.name) != names.end();
}

/// The formats of `record`, a line each.
std::string formats_help() {
  std::string text = "\nformats:\n";
  for (const publish::Format& format : publish::formats())
    text += fmt::format("  {:<12}{}\n", format.name, format.title);
  return text;
}

/// `record` has formats of its own, and may be asked for both dialects at once.
void adapt_to_record(std::vector<OptionRow>& rows, Options& o) {
  for (OptionRow& row : rows) {
    if (row.name == "format") {
      row.metavar = "FORMAT";
      row.help = "what the records are printed for (default zone), see below";
      row.apply = [&o](std::string_view v) -> Problem {
        o.record_format = v;
        if (publish::find_format(v) != nullptr) return {};
        return quote(v) + " is none of " + publish::names_of_formats();
      };
    }
    if (row.name == "dialect") {
      row.metavar = "01|02|both";
      row.apply = [&o, inner = row.apply](std::string_view v) -> Problem {
        o.both_dialects = v == "both";
        return o.both_dialects ? Problem() : inner(v);
      };
    }
  }
}

/// It is made for changes that take longer than a check may.
void adapt_to_wait(std::vector<OptionRow>& rows, Options& o) {
  for (OptionRow& row : rows) {
    if (row.name != "timeout") continue;
    o.timeout = std::chrono::minutes{10};
    row.help = "give up after this time (default 10m)";
    row.apply = [&o](std::string_view v) {
      return app::parse_bounded(v, std::chrono::seconds{1}, std::chrono::hours{24}, o.timeout);
    };
  }
}

std::vector<OptionRow> rows_of(const Command& command, Options& options) {
  std::vector<OptionRow> rows = app::common_option_rows(options.common);
  if (command.common) {
    std::erase_if(rows, [&](const OptionRow& row) { return !has(*command.common, row); });
  }
  std::vector<OptionRow> own = own_option_rows(options);
  if (command.needs_acme != nullptr || command.takes_flags_only)
    append(own, acme_option_rows(options.acme));
  append(own, policy_option_rows(options.policy));
  append(own, rights_option_rows(options.rights));
  std::erase_if(own, [&](const OptionRow& row) { return !has(command.options, row); });
  append(rows, std::move(own));
  if (command.name == "record") adapt_to_record(rows, options);
  if (command.name == "wait") adapt_to_wait(rows, options);
  return rows;
}

/// Rows of all commands: a settings file or a variable serves every one of them.
std::vector<OptionRow> all_rows(Options& options) {
  std::vector<OptionRow> rows = app::common_option_rows(options.common);
  append(rows, own_option_rows(options));
  append(rows, acme_option_rows(options.acme));
  append(rows, policy_option_rows(options.policy));
  append(rows, rights_option_rows(options.rights));
  return rows;
}

Expected<app::Values, app::UsageError> read_settings(std::span<const OptionRow> rows,
                                                     const app::CommandLine& line,
                                                     const app::Environment& environment) {
  const auto given = line.values.find("config");
  const bool is_default = given == line.values.end();
  const std::string path = is_default ? std::string(default_settings_path) : given->second.back();
  const auto text = environment.read_file(path);
  if (!text) return Unexpected(app::UsageError{text.error()});
  const bool takes_any = line.values.contains("allow-insecure-permissions");
  if (*text && !takes_any) {
    if (auto why = environment.distrust_file(path))
      return Unexpected(app::UsageError{*std::move(why), "--allow-insecure-permissions goes on"});
  }
  if (*text) return app::parse_settings(rows, path, **text);
  if (is_default) return app::Values();
  return Unexpected(app::UsageError{escape(path) + ": no such file"});
}

/// Cuts off what stands behind the first `--`.
std::span<const std::string_view> cut_command(std::span<const std::string_view>& arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  const auto at = static_cast<std::size_t>(end - arguments.begin());
  const auto command = arguments.subspan(end == arguments.end() ? at : at + 1);
  arguments = arguments.first(at);
  return command;
}

std::string positional_line(const Command& command) {
  return fmt::format("usage: persist-hook {} [OPTIONS]{}{}\n\n{}\n\n", command.name,
                     command.positional.empty() ? "" : " ", command.positional, command.summary);
}

}  // namespace

Expected<Options, app::UsageError> read_settings_text(const std::string& path,
                                                      const std::string& text) {
  Options options;
  const auto rows = all_rows(options);
  const auto values = app::parse_settings(rows, path, text);
  if (!values) return Unexpected(values.error());
  const auto given = app::apply_values(rows, {}, {}, *values);
  if (!given) return Unexpected(given.error());
  const auto policy = make_policy(options.policy, true);
  if (!policy) return Unexpected(policy.error());
  return options;
}

std::optional<app::UsageError> find_fault_of_variables(
    const std::vector<std::pair<std::string, std::string>>& variables,
    const app::Environment& environment) {
  app::Environment only_these = environment.with(environment.out, environment.err, environment.now);
  only_these.variables = variables;
  Options unused;
  const auto rows = all_rows(unused);
  const auto values = app::parse_variables(rows, only_these);
  if (!values) return values.error();
  const auto given = app::apply_values(rows, {}, *values, {});
  if (!given) return given.error();
  return {};
}

Expected<Cli, app::UsageError> parse_cli(std::string_view name,
                                         std::span<const std::string_view> arguments,
                                         const app::Environment& environment) {
  const Command& command = *find_command(name);
  Cli cli;
  const auto rows = rows_of(command, cli.options);
  const bool is_of_caller = command.operands == Operands::of_caller;
  if (command.operands == Operands::names_and_command) {
    const auto to_run = cut_command(arguments);
    cli.options.command_to_run.assign(to_run.begin(), to_run.end());
  }
  // Whether a client may add arguments at all depends on the client.
  auto line = app::parse_command_line(rows, is_of_caller ? "ARGUMENT" : command.positional,
                                      arguments, is_of_caller);
  if (!line) return Unexpected(line.error());
  cli.wants_help = line->wants_help;
  if (cli.wants_help) return cli;
  if (command.takes_flags_only) {
    auto flags = app::apply_values(rows, line->values, {}, {});
    if (!flags) return Unexpected(flags.error());
    cli.options.given = *std::move(flags);
    return cli;
  }
  const auto every_row = all_rows(cli.options);
  const auto variables = app::parse_variables(every_row, environment);
  if (!variables) return Unexpected(variables.error());
  const auto file = read_settings(every_row, *line, environment);
  if (!file) return Unexpected(file.error());
  auto given = app::apply_values(rows, line->values, *variables, *file);
  if (!given) return Unexpected(given.error());
  cli.options.given = *std::move(given);
  cli.options.is_called = is_of_caller;
  cli.options.caller = is_of_caller ? command.name : "";
  auto& operands = is_of_caller ? cli.options.caller_arguments : cli.options.names;
  for (std::string& positional : line->positionals) operands.push_back(std::move(positional));
  return cli;
}

std::vector<OptionRow> rows_to_show(const Command& command) {
  Options unused;
  std::vector<OptionRow> rows = rows_of(command, unused);
  for (OptionRow& row : rows) row.apply = nullptr;
  return rows;
}

std::string usage() {
  std::string text =
      "usage: persist-hook [COMMAND] [OPTIONS] ...\n\n"
      "Checks, before an ACME order starts, that the dns-persist-01 record of a name authorises "
      "the\n"
      "account. Changes nothing. Without a command it is called by an ACME client, "
      "which\n"
      "it recognises.\n\ncommands:\n";
  for (const Command& command : commands()) {
    text += fmt::format("  {:<16}{}\n", command.name, command.summary);
  }
  return text +
         "\n  -h, --help      this text, or that of a command\n"
         "  -V, --version   the version\n"
         "  --man           the manual page, for man -l -\n"
         "  --completion bash|zsh|fish\n"
         "                  completions, for that shell to read\n\n"
         "exit status: 0 authorised, 1 refused, 2 usage or configuration, 3 could not find out\n";
}

std::string usage(std::string_view name) {
  const Command& command = *find_command(name);
  return positional_line(command) + app::options_help(rows_to_show(command)) +
         (command.name == "record" ? formats_help() : "") +
         fmt::format(
             "\nexit status: {}\n"
             "\nexample:\n  {}\n",
             command.statuses, command.example);
}

}  // namespace persist::hook
