#include "hook/hook.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/version.h"
#include "base/escape.h"
#include "hook/command.h"

namespace persist::hook {

const std::vector<Command>& commands() {
  static const std::vector<Command> table{
      {.name = "check",
       .positional = "NAME...",
       .summary = "check that the record of each name authorises the account",
       .example = "persist-hook check example.com '*.example.com' --ca letsencrypt "
                  "--account-url https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = {"domain", "wildcard", "no-wildcard", "timeout", "format", "quiet", "verbose",
                   "config"},
       .run = run_check},
      {.name = "record",
       .positional = "NAME...",
       .summary = "print the record to publish for each name",
       .example = "persist-hook record example.com --wildcard --ca letsencrypt "
                  "--account-url https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = {"domain", "wildcard", "format", "persist-until", "any-domain", "ttl", "config"},
       .run = run_record},
      {.name = "explain",
       .positional = "VALUE",
       .summary = "explain a TXT value piece by piece, offline",
       .example = "persist-hook explain "
                  "'letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1'",
       .options = {"wildcard", "format", "config"},
       .run = run_explain},
      {.name = "account",
       .positional = "",
       .summary = "list the ACME accounts on this host, or ask a CA which account has a key",
       .example = "persist-hook account --client certbot --format json",
       .options = {"client", "path", "root", "read-keys", "key", "allow-insecure-permissions",
                   "ca-file", "proxy-from-env", "timeout", "format", "config"},
       .common = std::vector<std::string_view>{"ca", "directory", "server"},
       .run = run_account,
       .needs_acme =
           [](const Options& options) {
             return options.acme.read_keys || !options.acme.key_file.empty();
           }},
      {.name = "detect",
       .positional = "URL|CA",
       .summary = "tell whether a CA offers the method, by its directory",
       .example = "persist-hook detect https://acme-v02.api.letsencrypt.org/directory",
       .options = {"ca-file", "proxy-from-env", "timeout", "format", "config"},
       .common = std::vector<std::string_view>(),
       .run = nullptr,
       .needs_acme = [](const Options& /*any*/) { return true; }},
  };
  return table;
}

const Command* find_command(std::string_view name) {
  const auto& table = commands();
  const auto row = std::find_if(table.begin(), table.end(),
                                [name](const Command& command) { return command.name == name; });
  return row == table.end() ? nullptr : &*row;
}

void print_error(const app::Environment& environment, const app::UsageError& error) {
  environment.err.write(fmt::format("persist-hook: error: {}\n", error.message));
  if (!error.hint.empty())
    environment.err.write(fmt::format("persist-hook: hint: {}\n", error.hint));
}

app::ExitStatus run(std::span<const std::string_view> arguments,
                    const app::Environment& environment) {
  const std::string_view first = arguments.empty() ? std::string_view() : arguments.front();
  if (first == "-h" || first == "--help") {
    environment.out.write(usage());
    return app::ExitStatus::ok;
  }
  if (first == "-V" || first == "--version") {
    environment.out.write(fmt::format("persist-hook {}\n", app::version()));
    return app::ExitStatus::ok;
  }
  const Command* command = find_command(first);
  if (command == nullptr) {
    print_error(environment,
                {arguments.empty() ? "no command" : "unknown command " + quote(first, 80),
                 "see persist-hook --help"});
    return app::ExitStatus::usage;
  }
  const auto cli = parse_cli(command->name, arguments.subspan(1), environment);
  if (!cli) {
    print_error(environment, cli.error());
    return app::ExitStatus::usage;
  }
  if (cli->wants_help) {
    environment.out.write(usage(command->name));
    return app::ExitStatus::ok;
  }
  if (command->needs_acme != nullptr && command->needs_acme(cli->options)) {
    print_error(environment, {environment.execute_acme_program(arguments)});
    return app::ExitStatus::unknown;
  }
  return command->run(cli->options, environment);
}

}  // namespace persist::hook
