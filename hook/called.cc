// A call by an ACME client: who calls, at which stage, about which certificates, and what becomes
// of it.
#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "hook/account.h"
#include "hook/callers/account_choice.h"
#include "hook/callers/caller.h"
#include "hook/chain.h"
#include "hook/check.h"
#include "hook/command.h"
#include "hook/gate.h"
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

std::optional<app::UsageError> find_misuse_of_each(const Call& call, const Caller& caller) {
  if (caller.command != "certbot-renew") {
    return app::UsageError{"--each is for certbot-renew", "see persist-hook certbot-renew --help"};
  }
  if (call.arguments.empty()) {
    return app::UsageError{"--each needs a command", "it stands behind --: -- certbot -q renew"};
  }
  return {};
}

/// What the owner said that does not go together with being called.
std::optional<app::UsageError> find_misuse(const Call& call, const Caller* caller) {
  if (caller == nullptr) return unknown_caller(call);
  if (call.options.each) {
    if (auto misuse = find_misuse_of_each(call, *caller)) return misuse;
  } else if (!call.arguments.empty() && !caller->takes_arguments) {
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

/// A call while it is checked. Texts are kept back: what stops the client may swallow them.
class Check {
 public:
  explicit Check(const Call& call)
      : call_(call),
        // A record has only an end: one that holds a little later holds now.
        environment_(call.environment.with(
            call.environment.out, told_, add(call.environment.now, call.options.policy.headroom))),
        at_real_time_(call.environment.with(call.environment.out, told_, call.environment.now)) {}

  CallOutcome refuse(const app::UsageError& error) {
    print_error(environment_, error);
    return outcome(Stage::before_order, app::ExitStatus::usage);
  }

  CallOutcome run(const Caller& caller) {
    const auto stage = caller.stage(call_);
    if (!stage) return refuse(stage.error());
    if (*stage != Stage::before_order) return outcome(*stage, app::ExitStatus::ok);
    const auto policy = make_policy(call_.options.policy, true);
    if (!policy) return refuse(policy.error());
    const auto orders = caller.orders(call_);
    if (!orders) return refuse(orders.error());
    if (const auto problem = find_bad_name(*orders)) return refuse(*problem);
    const auto checked = std::count_if(orders->begin(), orders->end(),
                                       [](const Order& order) { return !order.is_skipped; });
    if (checked == 0) {
      if (!caller.may_concern_nothing) return refuse({"no certificate to check"});
      told_.write("persist-hook: no certificate of certbot concerns this method\n");
    }
    app::ExitStatus status = app::ExitStatus::ok;
    if (!call_.options.quiet) tell_skipped(*orders);
    for (const Order& order : *orders) {
      if (order.is_skipped) continue;
      const app::ExitStatus one = pass(order, *policy);
      if (one == app::ExitStatus::ok) {
        passed_.push_back(order.label);
      } else if (checked > 1 && !order.label.empty()) {
        told_.write(fmt::format("persist-hook: error: certificate {} is not good to order\n",
                                quote(order.label, 80)));
      }
      status = app::worse(status, one);
    }
    return outcome(Stage::before_order, status);
  }

 private:
  void tell_skipped(const std::vector<Order>& orders) {
    std::string names;
    for (const Order& order : orders) {
      if (order.is_skipped) names += (names.empty() ? "" : ", ") + escape(order.label);
    }
    if (names.empty()) return;
    told_.write(
        fmt::format("persist-hook: {}, as nothing in them calls us: {} (--also-cert NAME or --all "
                    "takes them in)"
                    "\n",
                    call_.options.each ? "not renewed" : "skipped", names));
  }

  /// Private keys are opened by persist-hook-acme alone, which begins with this call anew.
  std::optional<app::UsageError> read_key(Options& options) {
    const app::Environment& environment = call_.environment;
    if (!environment.read_thumbprint) {
      return app::UsageError{environment.execute_acme_program(options.own_arguments),
                             "or give the key's thumbprint with --thumbprint"};
    }
    const auto thumbprint =
        environment.read_thumbprint(options.key_file, options.acme.allows_insecure_permissions);
    if (!thumbprint) return app::UsageError{thumbprint.error()};
    set_thumbprint(*thumbprint, options);
    return {};
  }

  /// Each certificate has its own time limit.
  app::ExitStatus pass(const Order& order, const Policy& policy) {
    const std::size_t before = told_.text().size();
    auto options = options_for(order, call_.options);
    if (options && needs_key(*options)) {
      if (auto problem = read_key(*options)) options = Unexpected(*std::move(problem));
    }
    if (!options) print_error(environment_, options.error());
    if (options) {
      for (const std::string& doubt : options->doubts) print_warning(environment_, doubt);
    }
    const app::ExitStatus verdict =
        options ? check_names(*options, environment_) : app::ExitStatus::usage;
    const std::string told = told_.text().substr(before);
    return pass_gate(verdict, policy, order.certificate, told, at_real_time_).status;
  }

  CallOutcome outcome(Stage stage, app::ExitStatus status) {
    return {.stage = stage, .status = status, .told = told_.text(), .passed = std::move(passed_)};
  }

  const Call& call_;
  report::StringSink told_{};
  app::Environment environment_;
  app::Environment at_real_time_;
  std::vector<std::string> passed_{};
};

app::ExitStatus answer(const Options& options, const app::Environment& environment,
                       std::optional<app::UsageError> error) {
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
  Check check(call);
  if (!error) error = find_misuse(call, caller);
  return conclude(call, caller, error ? check.refuse(*error) : check.run(*caller));
}

}  // namespace

app::ExitStatus run_called(const Options& options, const app::Environment& environment) {
  return answer(options, environment, {});
}

app::ExitStatus refuse_call(std::string_view caller, const app::UsageError& error,
                            const app::Environment& environment) {
  return answer({.is_called = true, .caller = std::string(caller)}, environment, error);
}

}  // namespace persist::hook
