#include "hook/acme/acme.h"

#include <unistd.h>

#include <fmt/format.h>

#include "base/escape.h"
#include "clients/key_file.h"
#include "hook/command.h"
#include "hook/hook.h"

namespace persist::hook {

namespace {

/// The key of the account that a client's call is about. Error: one line.
Expected<std::string, std::string> read_thumbprint(const std::string& path,
                                                   bool allows_insecure_permissions) {
  const auto tree = clients::FileTree::open();
  if (!tree) return Unexpected(tree.error().why);
  const auto file = clients::read_key_file(
      *tree, path,
      {.user = ::geteuid(), .allows_insecure_permissions = allows_insecure_permissions});
  if (file) return file->key.thumbprint();
  return Unexpected(fmt::format("{}: {}", escape(file.error().path), file.error().why));
}

/// A call by a client for which persist-hook needs a key.
app::ExitStatus run_called_with_keys(std::span<const std::string_view> arguments,
                                     const app::Environment& environment) {
  app::Environment with_keys = environment.with(environment.out, environment.err, environment.now);
  with_keys.read_thumbprint = read_thumbprint;
  return run(arguments, with_keys);
}

}  // namespace

app::ExitStatus run_acme(std::span<const std::string_view> arguments,
                         const app::Environment& environment) {
  const std::string_view name = arguments.empty() ? std::string_view() : arguments.front();
  const Command* const command = find_command(name);
  if (command == nullptr || command->operands == Operands::of_caller) {
    return run_called_with_keys(arguments, environment);
  }
  if (command->needs_acme == nullptr) {
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
