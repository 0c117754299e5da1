#include "hook/hook.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/completion.h"
#include "app/version.h"
#include "base/escape.h"
#include "hook/command.h"
#include "hook/manual.h"

namespace persist::hook {

namespace {

const std::vector<std::string_view> options_of_callers{"domain",
                                                       "wildcard",
                                                       "no-wildcard",
                                                       "timeout",
                                                       "quiet",
                                                       "verbose",
                                                       "config",
                                                       "then",
                                                       "on-refused",
                                                       "on-unknown",
                                                       "pretend",
                                                       "headroom",
                                                       "bypass-until",
                                                       "bypass-reason",
                                                       "allow-insecure-permissions",
                                                       "user",
                                                       "no-drop",
                                                       "authoritative",
                                                       "allow-private-servers",
                                                       "compare",
                                                       "require-dnssec"};
const std::vector<std::string_view> options_of_certbot{"cert-name", "also-cert", "all", "each",
                                                       "certbot-abort"};

std::vector<std::string_view> options_of(std::string_view caller) {
  std::vector<std::string_view> options = options_of_callers;
  if (caller.empty() || caller.substr(0, 7) == "certbot") {
    options.insert(options.end(), options_of_certbot.begin(), options_of_certbot.end());
  }
  return options;
}

Command caller_command(std::string_view name, std::string_view positional, std::string_view summary,
                       std::string_view example) {
  return {.name = name,
          .positional = positional,
          .summary = summary,
          .example = example,
          .options = options_of(name),
          .run = run_called,
          .operands = Operands::of_caller};
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> table{
      {.name = "check",
       .positional = "NAME...",
       .summary = "check that the record of each name authorises the account",
       .example = "persist-hook check example.com '*.example.com' --ca letsencrypt "
                  "--account-url https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = {"domain",
                   "cert",
                   "csr",
                   "wildcard",
                   "no-wildcard",
                   "timeout",
                   "format",
                   "quiet",
                   "verbose",
                   "config",
                   "allow-insecure-permissions",
                   "on-refused",
                   "on-unknown",
                   "pretend",
                   "bypass-until",
                   "bypass-reason",
                   "user",
                   "no-drop",
                   "authoritative",
                   "allow-private-servers",
                   "compare",
                   "require-dnssec"},
       .run = run_check},
      {.name = "exec",
       .positional = "NAME... -- COMMAND [ARGUMENT...]",
       .summary = "check, and run a command if all is well",
       .example = "persist-hook exec example.com --ca letsencrypt --account-url "
                  "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890 -- certbot renew",
       .options = {"domain",
                   "cert",
                   "csr",
                   "blocked-status",
                   "wildcard",
                   "no-wildcard",
                   "timeout",
                   "quiet",
                   "verbose",
                   "config",
                   "allow-insecure-permissions",
                   "on-refused",
                   "on-unknown",
                   "pretend",
                   "bypass-until",
                   "bypass-reason",
                   "user",
                   "no-drop",
                   "authoritative",
                   "allow-private-servers",
                   "compare",
                   "require-dnssec"},
       .run = run_exec,
       .operands = Operands::names_and_command},
      {.name = "record",
       .positional = "NAME...",
       .summary = "print the record to publish for each name",
       .example = "persist-hook record example.com --wildcard --ca letsencrypt "
                  "--account-url https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = {"domain", "wildcard", "format", "persist-until", "any-domain", "with-caa",
                   "zone", "ttl", "config", "allow-insecure-permissions"},
       .run = run_record},
      {.name = "wait",
       .positional = "NAME...",
       .summary = "wait until every name server of the zone serves a record that authorises",
       .example = "persist-hook wait example.com --timeout 30m --ca letsencrypt --account-url "
                  "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = {"domain", "wildcard", "no-wildcard", "timeout", "interval", "gone", "quiet",
                   "config", "allow-insecure-permissions", "allow-private-servers", "user",
                   "no-drop"},
       .run = run_wait},
      {.name = "explain",
       .positional = "VALUE",
       .summary = "explain a TXT value piece by piece, offline",
       .example = "persist-hook explain "
                  "'letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1'",
       .options = {"wildcard", "format", "config", "allow-insecure-permissions"},
       .run = run_explain},
      {.name = "account",
       .positional = "",
       .summary = "list the ACME accounts on this host, or ask a CA which account has a key",
       .example = "persist-hook account --client certbot --format json",
       .options = {"client", "path", "root", "read-keys", "key", "allow-insecure-permissions",
                   "ca-file", "proxy-from-env", "timeout", "format", "config", "user", "no-drop"},
       .common = std::vector<std::string_view>{"ca", "directory", "server"},
       .run = run_account,
       .needs_acme =
           [](const Options& options) {
             return options.acme.read_keys || !options.acme.key_file.empty();
           }},
      {.name = "install",
       .positional = "CLIENT",
       .summary = "print what to paste for an ACME client, and what it blocks; changes nothing",
       .example = "persist-hook install certbot",
       .options = {"config"},
       .common = std::vector<std::string_view>{"account-url"},
       .run = run_install},
      {.name = "doctor",
       .positional = "",
       .summary = "tell what of the gate fails open on this host; runs and changes nothing",
       .example = "persist-hook doctor --format json",
       .options = {"root", "callers", "format"},
       .common = std::vector<std::string_view>(),
       .run = run_doctor,
       .takes_flags_only = true,
       .statuses = "0 nothing fails open, 1 something does, 2 usage, 3 could not find out"},
      {.name = "detect",
       .positional = "URL|CA",
       .summary = "tell whether a CA offers the method, by its directory",
       .example = "persist-hook detect https://acme-v02.api.letsencrypt.org/directory",
       .options = {"ca-file", "proxy-from-env", "timeout", "format", "config", "user", "no-drop"},
       .common = std::vector<std::string_view>(),
       .run = nullptr,
       .needs_acme = [](const Options& /*any*/) { return true; }},
      caller_command("certbot-auth", "", "auth hook of certbot",
                     "certbot ... --manual --manual-auth-hook 'persist-hook certbot-auth --then "
                     "/usr/local/bin/dns-update'"),
      caller_command("certbot-pre", "", "pre-hook of certbot",
                     "certbot ... --pre-hook 'persist-hook certbot-pre --cert-name example.com'"),
      caller_command("certbot-renew", "[--each -- COMMAND...]",
                     "every certificate of certbot that concerns us",
                     "persist-hook certbot-renew --each -- certbot -q renew"),
      caller_command("certbot-cleanup", "", "clean-up hook of certbot: does nothing",
                     "certbot ... --manual-cleanup-hook 'persist-hook certbot-cleanup'"),
      caller_command("lego", "[ARGUMENT...]", "pre-hook of lego 5, or its exec provider",
                     "lego run -d example.com --dns-persist --pre-hook 'persist-hook lego'"),
      caller_command("acme.sh", "", "pre-hook of acme.sh",
                     "acme.sh --issue --dns-persist -d example.com --pre-hook 'persist-hook "
                     "acme.sh'"),
      caller_command("dehydrated", "STAGE [ARGUMENT...]", "HOOK of dehydrated",
                     "persist-hook dehydrated generate_csr example.com "
                     "/var/lib/dehydrated/certs/example.com 'example.com *.example.com'"),
      caller_command("uacme", "METHOD TYPE NAME TOKEN AUTH", "hook of uacme",
                     "uacme -h /usr/bin/persist-hook issue example.com"),
      caller_command("mod-md", "REASON DOMAIN", "MDMessageCmd of Apache",
                     "persist-hook mod-md renewing example.com"),
  };
  return table;
}

const Command* find_command(std::string_view name) {
  static const Command plain_call =
      caller_command("", "[ARGUMENT...]", "called by an ACME client, which is recognised", "");
  if (name.empty()) return &plain_call;
  const auto& table = commands();
  const auto row = std::find_if(table.begin(), table.end(),
                                [name](const Command& command) { return command.name == name; });
  return row == table.end() ? nullptr : &*row;
}

namespace {

app::ExitStatus print_completion(std::span<const std::string_view> shells,
                                 const app::Environment& environment) {
  const auto text =
      app::completion_for(shells.empty() ? std::string_view() : shells.front(), manual());
  if (text) {
    environment.out.write(*text);
    return app::ExitStatus::ok;
  }
  print_error(environment, text.error());
  return app::ExitStatus::usage;
}

}  // namespace

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
  if (first == "--man") {
    environment.out.write(app::to_mdoc(manual()));
    return app::ExitStatus::ok;
  }
  if (first == "--completion") return print_completion(arguments.subspan(1), environment);
  // Without a sub-command everything is options of ours, then what a client adds.
  const Command* command = first.empty() ? nullptr : find_command(first);
  const std::size_t skipped = command == nullptr ? 0 : 1;
  if (command == nullptr) command = find_command("");
  const auto cli = parse_cli(command->name, arguments.subspan(skipped), environment);
  if (!cli) {
    if (command->operands == Operands::of_caller)
      return refuse_call(command->name, cli.error(), environment);
    print_error(environment, cli.error());
    return app::ExitStatus::usage;
  }
  if (cli->wants_help) {
    environment.out.write(command->name.empty() ? usage() : usage(command->name));
    return app::ExitStatus::ok;
  }
  if (command->needs_acme != nullptr && command->needs_acme(cli->options)) {
    print_error(environment, {environment.execute_acme_program(arguments)});
    return app::ExitStatus::unknown;
  }
  if (command->operands == Operands::of_caller) {
    Options options = cli->options;
    options.own_arguments.assign(arguments.begin(), arguments.end());
    return command->run(options, environment);
  }
  return command->run(cli->options, environment);
}

}  // namespace persist::hook
