#include "hook/rights_options.h"

#include "hook/command.h"

namespace persist::hook {
namespace {

using Problem = std::optional<std::string>;

Expected<app::Rights, app::UsageError> rights_of(const RightsOptions& options,
                                                 const app::Environment& environment) {
  if (options.user.empty()) return app::nobody;
  const auto passwd = environment.read_file("/etc/passwd");
  if (!passwd) return Unexpected(app::UsageError{passwd.error(), "give the user by number"});
  auto rights = app::find_rights(options.user, passwd->value_or(""));
  if (rights) return *rights;
  return Unexpected(app::UsageError{"--user: " + rights.error(),
                                    "one without rights, or --no-drop to ask as root"});
}

}  // namespace

std::vector<app::OptionRow> rights_option_rows(RightsOptions& o) {
  return {{"user", "NAME", "as root: ask DNS and CAs as this user (default nobody)",
           [&o](std::string_view v) {
             o.user = v;
             return v.empty() ? Problem("it is empty") : Problem();
           }},
          {"no-drop", "", "as root: keep root's rights while DNS and CAs are asked",
           [&o](std::string_view) {
             o.no_drop = true;
             return Problem();
           }}};
}

app::ExitStatus ask_network(const RightsOptions& options, Afterwards afterwards,
                            const app::Environment& environment, const app::NetworkWork& work) {
  if (!environment.has_rights_to_give_up || options.no_drop) {
    return work(environment.out, environment.err);
  }
  const auto rights = rights_of(options, environment);
  if (!rights) {
    print_error(environment, rights.error());
    return app::ExitStatus::usage;
  }
  if (afterwards == Afterwards::needs_rights) {
    return environment.run_without_rights(*rights, work, environment.out, environment.err);
  }
  if (const auto problem = environment.give_up_rights(*rights)) {
    print_error(environment, {*problem, "--no-drop asks as root"});
    return app::ExitStatus::unknown;
  }
  return work(environment.out, environment.err);
}

}  // namespace persist::hook
