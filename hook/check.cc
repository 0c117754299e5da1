#include "hook/check.h"

#include "hook/asking.h"
#include "hook/check_printer.h"
#include "hook/command.h"
#include "hook/gate.h"
#include "hook/names_of_files.h"
#include "hook/request.h"

namespace persist::hook {
namespace {

app::ExitStatus ask(const Request& request, const std::vector<dns::ServerAddress>& servers,
                    const Options& options, const app::Environment& environment) {
  CheckPrinter printer(options, environment);
  Asking asking(request, options, environment, servers, Asking::Clock::now() + options.timeout);
  for (const survey::Inquiry& judged : asking.answer()) {
    if (judged.subjects.size() == 2) {
      printer.print_open(judged.subjects[0], judged.subjects[1]);
    } else {
      printer.print(judged.subjects[0]);
    }
  }
  return printer.finish(asking.size());
}

}  // namespace

app::ExitStatus check_names(const Options& options, const app::Environment& environment) {
  Request request;
  if (const auto problem = read_request(options, request)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  auto servers = app::find_resolvers(options.common, environment);
  if (!servers) {
    print_error(environment, servers.error());
    return app::ExitStatus::usage;
  }
  const Afterwards afterwards = options.is_called ? Afterwards::needs_rights : Afterwards::nothing;
  return ask_network(
      options.rights, afterwards, environment, [&](report::Sink& out, report::Sink& err) {
        return ask(request, *servers, options, environment.with(out, err, environment.now));
      });
}

app::ExitStatus run_check(const Options& options, const app::Environment& environment) {
  Options with_names = options;
  if (const auto problem = add_names_of_files(with_names, environment)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  const auto policy = make_policy(with_names.policy, false);
  if (!policy) {
    print_error(environment, policy.error());
    return app::ExitStatus::usage;
  }
  return pass_gate(check_names(with_names, environment), *policy, {}, "", environment).status;
}

}  // namespace persist::hook
