#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/environment.h"
#include "app/exit_status.h"
#include "hook/cli.h"

namespace persist::hook {

/// A sub-command: one row, one file.
struct Command {
  std::string_view name;
  std::string_view positional;  ///< `NAME...`
  std::string_view summary;     ///< one line
  std::string_view example;     ///< one that works
  std::vector<std::string_view>
      options;  ///< names of the rows that it knows, beside the common ones
  /// Of the common rows only these; empty: all.
  std::optional<std::vector<std::string_view>> common{};
  /// Null where persist-hook-acme does all of it.
  app::ExitStatus (*run)(const Options& options, const app::Environment& environment);
  /// True where HTTPS or a private key is needed: then persist-hook-acme does it. Null: never.
  bool (*needs_acme)(const Options& options) = nullptr;
};

const std::vector<Command>& commands();
const Command* find_command(std::string_view name);

app::ExitStatus run_check(const Options& options, const app::Environment& environment);
app::ExitStatus run_record(const Options& options, const app::Environment& environment);
app::ExitStatus run_account(const Options& options, const app::Environment& environment);
app::ExitStatus run_explain(const Options& options, const app::Environment& environment);

/// `persist-hook: error: ...` and, if there is one, `persist-hook: hint: ...`.
void print_error(const app::Environment& environment, const app::UsageError& error);

}  // namespace persist::hook
