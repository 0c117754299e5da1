#include "hook/outcome.h"

#include <fmt/format.h>

#include "base/escape.h"
#include "hook/chain.h"

namespace persist::hook {

app::ExitStatus conclude(const Call& call, const Caller* /*caller*/, const CallOutcome& outcome) {
  if (outcome.status != app::ExitStatus::ok) return outcome.status;
  if (outcome.stage == Stage::declined) {
    call.environment.err.write(fmt::format(
        "persist-hook: {} declined: only dns-persist-01 is taken, unless --then names a program "
        "that answers other types\n",
        escape(call.arguments[1])));
    return app::ExitStatus::refused;
  }
  if (call.options.then.empty()) return app::ExitStatus::ok;
  std::vector<std::string> arguments{call.options.then};
  arguments.insert(arguments.end(), call.arguments.begin(), call.arguments.end());
  return become_program(arguments, call.environment);
}

}  // namespace persist::hook
