// A call by an ACME client: who calls, at which stage, about which certificates, and what becomes
// of it.
#include <fmt/format.h>

#include "base/escape.h"
#include "hook/callers/account_choice.h"
#include "hook/callers/caller.h"
#include "hook/chain.h"
#include "hook/check.h"
#include "hook/command.h"
#include "hook/outcome.h"
#include "record/explain.h"

namespace persist::hook {
namespace {

app::UsageError unknown_caller(const Call& call) {
  if (!call.arguments.empty()) {
    const std::string& first = call.arguments.front();
    if (!first.empty() && find_command(first) != nullptr) {
      return {fmt::format("{} stands behind options", first),
              fmt::format("the command comes first: persist-hook {} ...", first)};
    }
    return {"unknown command " + quote(call.arguments.front(), 80), "see persist-hook --help"};
  }
  return {"no command, and no ACME client that is known calls",
          "see persist-hook --help; a sub-command such as certbot-pre or lego names the client"};
}

/// What the owner said that does not go together with being called.
std::optional<app::UsageError> find_misuse(const Call& call, const Caller* caller) {
  if (caller == nullptr) return unknown_caller(call);
  if (!call.arguments.empty() && !caller->takes_arguments) {
    if (!call.caller_is_named) return unknown_caller(call);
    return app::UsageError{"unexpected argument " + quote(call.arguments.front(), 80),
                           fmt::format("see persist-hook {} --help", caller->command)};
  }
  if (call.options.common.now) {
    return app::UsageError{"--now is not for a call by a client: an order is made now"};
  }
  if (!call.options.then.empty()) return refuse_program(call.options.then);
  return {};
}

app::ExitStatus fail(const Call& call, const app::UsageError& error) {
  print_error(call.environment, error);
  return app::ExitStatus::usage;
}

/// Names are looked at before anything is asked or looked for.
std::optional<app::UsageError> find_bad_name(const std::vector<Order>& orders) {
  for (const Order& order : orders) {
    for (const OrderedName& name : order.names) {
      const auto identifier = record::parse_identifier(name.text);
      if (!identifier) return app::UsageError{record::explain(identifier.error(), name.text)};
    }
  }
  return {};
}

/// Checks one certificate after the other; each has its own time limit.
app::ExitStatus check_orders(const Call& call, const Caller& caller) {
  const auto orders = caller.orders(call);
  if (!orders) return fail(call, orders.error());
  if (const auto problem = find_bad_name(*orders)) return fail(call, *problem);
  if (orders->empty()) {
    if (!caller.may_concern_nothing) return fail(call, {"no certificate to check"});
    call.environment.err.write("persist-hook: no certificate of certbot concerns this method\n");
    return app::ExitStatus::ok;
  }
  app::ExitStatus status = app::ExitStatus::ok;
  for (const Order& order : *orders) {
    const auto options = options_for(order, call.options);
    const app::ExitStatus one =
        options ? check_names(*options, call.environment) : fail(call, options.error());
    if (one != app::ExitStatus::ok && orders->size() > 1 && !order.label.empty()) {
      call.environment.err.write(fmt::format(
          "persist-hook: error: certificate {} is not good to order\n", quote(order.label, 80)));
    }
    status = app::worse(status, one);
  }
  return status;
}

CallOutcome outcome_of(const Call& call, const Caller& caller) {
  const auto stage = caller.stage(call);
  if (!stage) return {.stage = Stage::before_order, .status = fail(call, stage.error())};
  if (*stage != Stage::before_order) return {.stage = *stage, .status = app::ExitStatus::ok};
  return {.stage = *stage, .status = check_orders(call, caller)};
}

}  // namespace

app::ExitStatus run_called(const Options& options, const app::Environment& environment) {
  const auto files = clients::FileTree::open(environment.root);
  if (!files) {
    print_error(environment, {escape(files.error().path) + ": " + files.error().why});
    return app::ExitStatus::usage;
  }
  const ProcessTree processes(environment.proc_folder);
  auto self = processes.self();
  const Call call{.options = options,
                  .arguments = options.caller_arguments,
                  .environment = environment,
                  .ancestors = self ? processes.ancestors(*self) : std::vector<Process>(),
                  .self = self,
                  .files = *files,
                  .caller_is_named = !options.caller.empty()};
  const Caller* const caller =
      options.caller.empty() ? recognise(call) : find_caller(options.caller);
  if (const auto misuse = find_misuse(call, caller)) {
    return conclude(call, caller, {.stage = Stage::before_order, .status = fail(call, *misuse)});
  }
  return conclude(call, caller, outcome_of(call, *caller));
}

}  // namespace persist::hook
