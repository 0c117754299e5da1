#include "hook/check.h"

#include <algorithm>
#include <chrono>

#include "app/verdict.h"
#include "hook/check_printer.h"
#include "hook/command.h"
#include "hook/gate.h"
#include "hook/names_of_files.h"
#include "hook/request.h"
#include "survey/survey.h"

namespace persist::hook {
namespace {

bool wants_wildcard(const std::vector<record::Identifier>& identifiers,
                    const record::DomainName& name) {
  return std::any_of(identifiers.begin(), identifiers.end(),
                     [&name](const record::Identifier& identifier) {
                       return identifier.wildcard && identifier.name == name;
                     });
}

/// Hands out an inquiry for each name; one whose wildcard may be meant has two subjects.
class Inquiries {
 public:
  Inquiries(const Request& request, const Options& options, UnixTime now)
      : request_(request), options_(options), now_(now) {}

  std::size_t size() const {
    return request_.identifiers.size() + request_.open_identifiers.size();
  }

  std::optional<survey::Inquiry> next() {
    if (next_ == size()) return {};
    const std::size_t at = next_++;
    if (at < request_.identifiers.size()) {
      const record::Identifier& identifier = request_.identifiers[at];
      return survey::Inquiry{.name = identifier.name, .subjects = {subject_of(identifier)}};
    }
    const record::Identifier& identifier =
        request_.open_identifiers[at - request_.identifiers.size()];
    return survey::Inquiry{.name = identifier.name,
                           .subjects = {subject_of({.name = identifier.name}),
                                        subject_of({.name = identifier.name, .wildcard = true})}};
  }

 private:
  survey::Subject subject_of(const record::Identifier& identifier) const {
    auto subject = app::make_subject(identifier, request_.account, now_);
    subject.warn_before = options_.common.warn_before.value_or(subject.warn_before);
    subject.wildcard_listed = wants_wildcard(request_.identifiers, identifier.name);
    return subject;
  }

  const Request& request_;
  const Options& options_;
  UnixTime now_;
  std::size_t next_ = 0;
};

app::ExitStatus ask(const Request& request, const std::vector<dns::ServerAddress>& servers,
                    const Options& options, const app::Environment& environment) {
  CheckPrinter printer(options, environment);
  Inquiries inquiries(request, options, options.common.now.value_or(environment.now));
  survey::Survey survey([&] { return inquiries.next(); },
                        [&](const survey::Inquiry& done) {
                          if (done.subjects.size() == 2) {
                            printer.print_open(done.subjects[0], done.subjects[1]);
                          } else {
                            printer.print(done.subjects[0]);
                          }
                        });
  const auto resolver = environment.make_resolver({.servers = servers});
  resolver->run(survey, {.deadline = std::chrono::steady_clock::now() + options.timeout,
                         .stop = environment.stop});
  return printer.finish(inquiries.size());
}

}  // namespace

app::ExitStatus check_names(const Options& options, const app::Environment& environment) {
  Request request;
  if (const auto problem = read_request(options, request)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  const auto servers = app::find_resolvers(options.common, environment);
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

app::ExitStatus check_by_policy(const Options& options, const app::Environment& environment) {
  const auto policy = make_policy(options.policy, false);
  if (!policy) {
    print_error(environment, policy.error());
    return app::ExitStatus::usage;
  }
  return pass_gate(check_names(options, environment), *policy, {}, "", environment).status;
}

app::ExitStatus run_check(const Options& options, const app::Environment& environment) {
  Options with_names = options;
  if (const auto problem = add_names_of_files(with_names, environment)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  return check_by_policy(with_names, environment);
}

}  // namespace persist::hook
