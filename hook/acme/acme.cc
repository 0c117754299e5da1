#include "hook/acme/acme.h"

#include "base/escape.h"
#include "hook/command.h"

namespace persist::hook {

app::ExitStatus run_acme(std::span<const std::string_view> arguments,
                         const app::Environment& environment) {
  const std::string_view name = arguments.empty() ? std::string_view() : arguments.front();
  const Command* const command = find_command(name);
  if (command == nullptr || command->needs_acme == nullptr) {
    print_error(environment, {"this is the part of persist-hook that has HTTPS and private keys",
                              "call persist-hook, which calls it"});
    return app::ExitStatus::usage;
  }
  const auto cli = parse_cli(name, arguments.subspan(1), environment);
  if (!cli) {
    print_error(environment, cli.error());
    return app::ExitStatus::usage;
  }
  if (cli->wants_help) {
    environment.out.write(usage(name));
    return app::ExitStatus::ok;
  }
  if (name == "detect") return run_detect(cli->options, environment);
  return run_account_with_keys(cli->options, environment);
}

}  // namespace persist::hook
