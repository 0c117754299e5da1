#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/environment.h"
#include "app/exit_status.h"
#include "hook/cli.h"

namespace persist::hook {

/// What follows the options.
enum class Operands {
  names,
  names_and_command,  ///< NAME... -- CMD
  of_caller,          ///< what an ACME client adds: nothing behind the first word is an option
};

/// A sub-command: one row, one file.
struct Command {
  std::string_view name;
  std::string_view positional;  ///< `NAME...`
  std::string_view summary;     ///< one line
  std::string_view example;     ///< one that works
  std::span<const std::string_view>
      options;  ///< names of the rows that it knows, beside the common ones
  /// Of the common rows only these; empty: all.
  std::optional<std::span<const std::string_view>> common{};
  /// Null where persist-hook-acme does all of it.
  app::ExitStatus (*run)(const Options& options, const app::Environment& environment);
  /// True where HTTPS or a private key is needed: then persist-hook-acme does it. Null: never.
  bool (*needs_acme)(const Options& options) = nullptr;
  Operands operands = Operands::names;
  /// Variables and the settings file steer it not: it is to tell what is wrong with them.
  bool takes_flags_only = false;
  std::string_view statuses =
      "0 authorised, 1 refused, 2 usage or configuration, 3 could not find out";
};

std::span<const Command> commands();
/// Null if there is none. The empty name is the call without a sub-command.
const Command* find_command(std::string_view name);

/// Checks the names of options and files, and says what the owner's policy makes of the verdict;
/// with `is_called` nothing is printed on standard output.
app::ExitStatus run_check(const Options& options, const app::Environment& environment);
app::ExitStatus run_wait(const Options& options, const app::Environment& environment);
app::ExitStatus run_record(const Options& options, const app::Environment& environment);
app::ExitStatus run_account(const Options& options, const app::Environment& environment);
app::ExitStatus run_install(const Options& options, const app::Environment& environment);
/// The clients that `install` knows.
std::vector<std::string_view> installable_clients();
app::ExitStatus run_exec(const Options& options, const app::Environment& environment);
app::ExitStatus run_called(const Options& options, const app::Environment& environment);
/// A call by a client that cannot be understood: the client is stopped all the same.
app::ExitStatus refuse_call(std::string_view caller, const app::UsageError& error,
                            const app::Environment& environment);
app::ExitStatus run_doctor(const Options& options, const app::Environment& environment);
app::ExitStatus run_explain(const Options& options, const app::Environment& environment);

/// `persist-hook: error: ...` and, if there is one, `persist-hook: hint: ...`.
void print_error(const app::Environment& environment, const app::UsageError& error);

}  // namespace persist::hook
