#include "hook/hook.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/completion.h"
#include "app/version.h"
#include "base/escape.h"
#include "hook/command.h"
#include "hook/manual.h"

namespace persist::hook {

namespace {

// ---- What each of them can be told. Nothing here is made anew at a start.

using Names = std::span<const std::string_view>;

template <std::size_t A, std::size_t B>
constexpr std::array<std::string_view, A + B> joined(
    const std::array<std::string_view, A>& first, const std::array<std::string_view, B>& second) {
  std::array<std::string_view, A + B> all{};
  std::copy(first.begin(), first.end(), all.begin());
  std::copy(second.begin(), second.end(), all.begin() + A);
  return all;
}

/// Of everything that ends in a verdict and what the owner's policy makes of it.
constexpr auto of_verdicts = std::to_array<std::string_view>(
    {"domain", "wildcard", "no-wildcard", "timeout", "quiet", "verbose", "config",
     "allow-insecure-permissions", "on-refused", "on-unknown", "pretend", "bypass-until",
     "bypass-reason", "user", "no-drop", "authoritative", "allow-private-servers", "compare",
     "require-dnssec"});
constexpr auto of_check =
    joined(of_verdicts, std::to_array<std::string_view>({"cert", "csr", "format"}));
constexpr auto of_exec =
    joined(of_verdicts, std::to_array<std::string_view>({"cert", "csr", "blocked-status"}));
constexpr auto of_callers =
    joined(of_verdicts, std::to_array<std::string_view>({"then", "headroom"}));
constexpr auto of_certbot = joined(
    of_callers,
    std::to_array<std::string_view>({"cert-name", "also-cert", "all", "each", "certbot-abort"}));
constexpr auto of_record = std::to_array<std::string_view>(
    {"domain", "wildcard", "format", "persist-until", "any-domain", "with-caa", "zone", "ttl",
     "config", "allow-insecure-permissions"});
constexpr auto of_wait = std::to_array<std::string_view>(
    {"domain", "wildcard", "no-wildcard", "timeout", "interval", "gone", "quiet", "config",
     "allow-insecure-permissions", "allow-private-servers", "user", "no-drop"});
constexpr auto of_explain =
    std::to_array<std::string_view>({"wildcard", "format", "config", "allow-insecure-permissions"});
constexpr auto of_account = std::to_array<std::string_view>(
    {"client", "path", "root", "read-keys", "key", "allow-insecure-permissions", "ca-file",
     "proxy-from-env", "timeout", "format", "config", "user", "no-drop"});
constexpr auto of_install = std::to_array<std::string_view>({"config"});
constexpr auto of_doctor = std::to_array<std::string_view>({"root", "callers", "format"});
constexpr auto of_detect = std::to_array<std::string_view>(
    {"ca-file", "proxy-from-env", "timeout", "format", "config", "user", "no-drop"});

constexpr auto common_of_account = std::to_array<std::string_view>({"ca", "directory", "server"});
constexpr auto common_of_install = std::to_array<std::string_view>({"account-url"});

constexpr Command caller_command(std::string_view name, std::string_view positional,
                                 std::string_view summary, std::string_view example) {
  const bool may_be_certbot = name.empty() || name.substr(0, 7) == "certbot";
  return {.name = name,
          .positional = positional,
          .summary = summary,
          .example = example,
          .options = may_be_certbot ? Names(of_certbot) : Names(of_callers),
          .run = run_called,
          .operands = Operands::of_caller};
}

}  // namespace

std::span<const Command> commands() {
  static constexpr auto table = std::to_array<Command>({
      {.name = "check",
       .positional = "NAME...",
       .summary = "check that the record of each name authorises the account",
       .example = "persist-hook check example.com '*.example.com' --ca letsencrypt "
                  "--account-url https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = of_check,
       .run = run_check},
      {.name = "exec",
       .positional = "NAME... -- COMMAND [ARGUMENT...]",
       .summary = "check, and run a command if all is well",
       .example = "persist-hook exec example.com --ca letsencrypt --account-url "
                  "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890 -- certbot renew",
       .options = of_exec,
       .run = run_exec,
       .operands = Operands::names_and_command},
      {.name = "record",
       .positional = "NAME...",
       .summary = "print the record to publish for each name",
       .example = "persist-hook record example.com --wildcard --ca letsencrypt "
                  "--account-url https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = of_record,
       .run = run_record},
      {.name = "wait",
       .positional = "NAME...",
       .summary = "wait until every name server of the zone serves a record that authorises",
       .example = "persist-hook wait example.com --timeout 30m --ca letsencrypt --account-url "
                  "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
       .options = of_wait,
       .run = run_wait},
      {.name = "explain",
       .positional = "VALUE",
       .summary = "explain a TXT value piece by piece, offline",
       .example = "persist-hook explain "
                  "'letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1'",
       .options = of_explain,
       .run = run_explain},
      {.name = "account",
       .positional = "",
       .summary = "list the ACME accounts on this host, or ask a CA which account has a key",
       .example = "persist-hook account --client certbot --format json",
       .options = of_account,
       .common = Names(common_of_account),
       .run = run_account,
       .needs_acme =
           [](const Options& options) {
             return options.acme.read_keys || !options.acme.key_file.empty();
           }},
      {.name = "install",
       .positional = "CLIENT",
       .summary = "print what to paste for an ACME client, and what it blocks; changes nothing",
       .example = "persist-hook install certbot",
       .options = of_install,
       .common = Names(common_of_install),
       .run = run_install},
      {.name = "doctor",
       .positional = "",
       .summary = "tell what of the gate fails open on this host; runs and changes nothing",
       .example = "persist-hook doctor --format json",
       .options = of_doctor,
       .common = Names(),
       .run = run_doctor,
       .takes_flags_only = true,
       .statuses = "0 nothing fails open, 1 something does, 2 usage, 3 could not find out"},
      {.name = "detect",
       .positional = "URL|CA",
       .summary = "tell whether a CA offers the method, by its directory",
       .example = "persist-hook detect https://acme-v02.api.letsencrypt.org/directory",
       .options = of_detect,
       .common = Names(),
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
  });
  return table;
}

const Command* find_command(std::string_view name) {
  static constexpr Command plain_call =
      caller_command("", "[ARGUMENT...]", "called by an ACME client, which is recognised", "");
  if (name.empty()) return &plain_call;
  const auto table = commands();
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
