#include <fmt/format.h>

#include "hook/chain.h"
#include "hook/command.h"

namespace persist::hook {

app::ExitStatus run_exec(const Options& options, const app::Environment& environment) {
  if (options.command_to_run.empty()) {
    print_error(environment, {"no command to run", "it stands behind the names and --"});
    return app::ExitStatus::usage;
  }
  // What the command prints is its caller's; of ours nothing is mixed in.
  Options quiet = options;
  quiet.is_called = true;
  const app::ExitStatus status = run_check(quiet, environment);
  if (status == app::ExitStatus::ok) return become_program(options.command_to_run, environment);
  environment.err.write("persist-hook: error: command not run\n");
  return options.blocked_status ? static_cast<app::ExitStatus>(*options.blocked_status) : status;
}

}  // namespace persist::hook
