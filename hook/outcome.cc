#include "hook/outcome.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "hook/callers/certbot_state.h"
#include "hook/certbot_abort.h"
#include "hook/chain.h"

namespace persist::hook {

namespace {

/// The certbot that would go on after our status; null if it is none that calls.
const Process* find_deaf_certbot(const Call& call, const Caller* caller) {
  if (caller != nullptr && !caller->ignores_status) return nullptr;
  return find_certbot(call);
}

void block(const Call& call, const Caller* caller, const std::string& told) {
  const app::Environment& environment = call.environment;
  const Process* const certbot = find_deaf_certbot(call, caller);
  if (certbot == nullptr) return environment.err.write(told);
  const std::string done =
      abort_certbot(*certbot, call.options.policy.certbot_abort, told, environment);
  environment.log(report::Severity::error, done);
}

/// With --each: the command for every certificate that passed; the worst that one of them ended
/// with.
app::ExitStatus run_for_each(const Call& call, const std::vector<std::string>& passed) {
  int worst = 0;
  for (const std::string& name : passed) {
    std::vector<std::string> command(call.arguments.begin(), call.arguments.end());
    command.insert(command.end(), {"--cert-name", name});
    worst = std::max(worst, call.environment.run_program(command));
    if (call.environment.stop != nullptr && *call.environment.stop) break;
  }
  return static_cast<app::ExitStatus>(worst);
}

}  // namespace

app::ExitStatus conclude(const Call& call, const Caller* caller, const CallOutcome& outcome) {
  const bool is_good = outcome.status == app::ExitStatus::ok;
  if (is_good) {
    call.environment.err.write(outcome.told);
  } else {
    block(call, caller, outcome.told);
  }
  if (call.options.each) {
    const app::ExitStatus of_commands = run_for_each(call, outcome.passed);
    return is_good ? of_commands : outcome.status;
  }
  if (!is_good) return outcome.status;
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
