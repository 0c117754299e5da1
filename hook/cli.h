#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/common_options.h"
#include "app/environment.h"
#include "app/option_table.h"
#include "base/expected.h"
#include "hook/acme_options.h"
#include "hook/native_client.h"
#include "hook/policy_options.h"
#include "hook/rights_options.h"

namespace persist::hook {

struct Command;

/// When a record shall end: at a time, or so long from now on.
using RecordEnd = std::variant<UnixTime, std::chrono::seconds>;

enum class OutputFormat { text, json };

/// Everything that a sub-command of persist-hook is told.
struct Options {
  app::CommonOptions common{};
  std::vector<std::string> names{};
  std::vector<std::string> certificate_files{};  ///< of which the names are taken too
  std::vector<std::string> request_files{};      ///< likewise, certificate requests
  bool wildcard = false;  ///< the wildcard name is wanted, whatever form the NAME has
  bool no_wildcard = false;
  std::chrono::seconds timeout{30};
  OutputFormat format = OutputFormat::text;
  bool quiet = false;
  bool verbose = false;
  bool callers = false;  ///< doctor: only list the places that call us
  std::string config_path{};

  // record
  std::string record_format = "zone";
  std::optional<RecordEnd> persist_until{};
  bool both_dialects = false;
  bool for_any_domain = false;
  bool with_caa = false;
  std::string zone{};  ///< as given; empty: the registrable domain
  std::chrono::seconds ttl{3600};

  // who is asked
  bool authoritative = false;          ///< the servers of the zone, in place of the resolvers
  bool compare = false;                ///< every resolver by itself
  bool allow_private_servers = false;  ///< also servers of the zone whose addresses are not public
  bool require_dnssec = false;

  // wait
  std::chrono::seconds interval{5};
  bool gone = false;

  AcmeOptions acme{};      ///< account, detect
  PolicyOptions policy{};  ///< what blocks
  RightsOptions rights{};
  // exec
  std::vector<std::string> command_to_run{};
  std::optional<int> blocked_status{};  ///< where the command is not run

  // called by a client
  bool is_called = false;                         ///< standard output stays empty
  std::string caller{};                           ///< sub-command that names it; empty: to be found
  std::vector<std::string> caller_arguments{};    ///< as the client gave them
  std::vector<std::string_view> own_arguments{};  ///< all that this program was given
  std::string then{};  ///< path of the program that is run after the check
  std::string cert_name{};
  bool all = false;
  std::vector<std::string> also_certs{};  ///< of certbot, beside those that call us
  bool each = false;                      ///< run a command for every certificate that passed
  std::vector<std::string> open_names{};  ///< nothing tells whether they or their wildcards are
                                          ///< meant
  std::string client{};                   ///< that told the account
  bool client_is_trusted = false;         ///< nobody else could have told it so
  std::string key_file{};                 ///< of that account, as far as the client keeps one

  NativeClient native = NativeClient::none;  ///< that calls
  std::optional<UnixTime> native_end{};      ///< what it was told as end of the record
  std::vector<std::string> doubts{};         ///< about what the client's files tell

  app::GivenOptions given{};  ///< what counted of flags, variables and settings file
};

/// The result of reading everything that steers a sub-command.
struct Cli {
  Options options{};
  bool wants_help = false;
};

/// Reads arguments, PERSIST_HOOK_ variables and the settings file for the sub-command `name`; an
/// empty one is the call without a sub-command.
Expected<Cli, app::UsageError> parse_cli(std::string_view name,
                                         std::span<const std::string_view> arguments,
                                         const app::Environment& environment);

/// What a settings file tells every sub-command, or why none would take it.
Expected<Options, app::UsageError> read_settings_text(const std::string& path,
                                                      const std::string& text);

/// Why no sub-command would take these variables; empty if they would.
std::optional<app::UsageError> find_fault_of_variables(
    const std::vector<std::pair<std::string, std::string>>& variables,
    const app::Environment& environment);

/// The options of a sub-command as its usage text has them; they read no values.
std::vector<app::OptionRow> rows_to_show(const Command& command);

/// `persist-hook --help`.
std::string usage();
/// `persist-hook check --help`; ends with an example.
std::string usage(std::string_view name);

}  // namespace persist::hook
