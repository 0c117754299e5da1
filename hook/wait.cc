// persist-hook wait: looks at every name server of a zone until all of them serve a record that
// authorises, or none does any more.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "app/views_text.h"
#include "hook/asking.h"
#include "hook/command.h"
#include "hook/request.h"
#include "survey/views.h"

namespace persist::hook {
namespace {

using survey::Subject;
using survey::View;
using Clock = std::chrono::steady_clock;

class Wait {
 public:
  Wait(const Options& options, const app::Environment& environment)
      : options_(options),
        environment_(environment),
        goal_(options.gone ? record::Outcome::refused : record::Outcome::authorized),
        deadline_(environment.timer->now() + options.timeout) {}

  app::ExitStatus run(const Request& request, const std::vector<dns::ServerAddress>& resolvers) {
    for (;;) {
      // Records end while we wait.
      const auto by_now =
          environment_.with(environment_.out, environment_.err, environment_.timer->wall_clock());
      Asking asking(request, options_, by_now, resolvers, Clock::now() + left());
      const std::vector<Subject> subjects = look(asking);
      if (is_stopped()) return end(subjects, "interrupted");
      if (const auto status = find_hopeless(subjects)) return *status;
      tell_changes(subjects);
      if (std::all_of(subjects.begin(), subjects.end(),
                      [this](const Subject& subject) { return is_reached(subject); })) {
        return tell_success(subjects);
      }
      pause();
      if (is_stopped()) return end(subjects, "interrupted");
      if (left() <= left().zero()) return end(subjects, "time limit reached");
    }
  }

 private:
  Clock::duration left() const { return deadline_ - environment_.timer->now(); }
  bool is_stopped() const { return environment_.stop != nullptr && *environment_.stop; }

  static std::vector<Subject> look(Asking& asking) {
    std::vector<Subject> subjects;
    for (survey::Inquiry& inquiry : asking.ask_every_server()) {
      for (Subject& subject : inquiry.subjects) subjects.push_back(std::move(subject));
    }
    return subjects;
  }

  /// In slices: a signal does not end a sleep.
  void pause() const {
    if (environment_.show_errors) environment_.show_errors();
    constexpr std::chrono::milliseconds slice{100};
    const auto until =
        environment_.timer->now() + std::min<Clock::duration>(options_.interval, left());
    while (!is_stopped() && environment_.timer->now() < until) environment_.timer->sleep_for(slice);
  }

  /// No server can ever serve a record for a name without room for the label.
  std::optional<app::ExitStatus> find_hopeless(const std::vector<Subject>& subjects) const {
    const auto hopeless = std::find_if(subjects.begin(), subjects.end(),
                                       [](const Subject& subject) { return !subject.owner; });
    if (hopeless == subjects.end()) return {};
    print_error(environment_, {hopeless->required.identifier.text() +
                               " leaves no room for the label _validation-persist"});
    return app::ExitStatus::refused;
  }

  bool is_reached(const Subject& subject) const {
    const auto heard = std::count_if(subject.views.begin(), subject.views.end(),
                                     [](const View& view) { return view.fault.empty(); });
    return heard > 0 && !survey::is_anyone_missing(subject.views) &&
           survey::count(subject.views, goal_) == static_cast<std::size_t>(heard);
  }

  /// A line for each server whose answer is not the one before.
  void tell_changes(const std::vector<Subject>& subjects) {
    for (const Subject& subject : subjects) {
      const std::string name = subject.required.identifier.text();
      for (const View& view : subject.views) {
        const std::string text = app::view_text(subject, view);
        // How long was waited differs from look to look.
        tell_once(fmt::format("{} {}", name, app::viewer_text(view)),
                  view.fault.empty() ? text : "fault", fmt::format("{}: {}", name, text));
      }
      for (const std::string& remark : subject.remarks)
        tell_once(fmt::format("{} {}", name, remark), remark, fmt::format("{}: {}", name, remark));
    }
  }

  void tell_once(const std::string& about, const std::string& state, const std::string& line) {
    std::string& told = told_[about];
    if (told == state) return;
    told = state;
    if (!options_.quiet) environment_.err.write(fmt::format("persist-hook: {}\n", line));
  }

  app::ExitStatus tell_success(const std::vector<Subject>& subjects) const {
    if (options_.quiet) return app::ExitStatus::ok;
    for (const Subject& subject : subjects) {
      environment_.out.write(fmt::format(
          "{}: {}\n", subject.required.identifier.text(),
          options_.gone ? "no name server of the zone serves a record that authorises"
                        : "every name server of the zone serves a record that authorises"));
    }
    return app::ExitStatus::ok;
  }

  /// One server that says otherwise is enough to know that the goal is not reached.
  app::ExitStatus status_of(const Subject& subject) const {
    if (is_reached(subject)) return app::ExitStatus::ok;
    const auto other = options_.gone ? record::Outcome::authorized : record::Outcome::refused;
    return survey::count(subject.views, other) > 0 ? app::ExitStatus::refused
                                                   : app::ExitStatus::unknown;
  }

  app::ExitStatus end(const std::vector<Subject>& subjects, std::string_view why) const {
    app::ExitStatus status = is_stopped() ? app::ExitStatus::unknown : app::ExitStatus::ok;
    for (const Subject& subject : subjects) {
      status = app::worse(status, status_of(subject));
      if (is_reached(subject)) continue;
      environment_.err.write(
          fmt::format("persist-hook: error: {}: {}: {}\n", subject.required.identifier.text(), why,
                      options_.gone ? "not every name server of the zone has lost the record"
                                    : "not every name server of the zone serves a record that "
                                      "authorises"));
      for (const View& view : subject.views) {
        if (view.fault.empty() && view.evaluation.outcome == goal_) continue;
        environment_.err.write(fmt::format("  asked:   {}\n", app::view_text(subject, view)));
      }
    }
    return status;
  }

  const Options& options_;
  const app::Environment& environment_;
  record::Outcome goal_;
  Clock::time_point deadline_;
  std::map<std::string, std::string> told_{};  ///< states by name and server
};

}  // namespace

app::ExitStatus run_wait(const Options& options, const app::Environment& environment) {
  Request request;
  if (const auto problem = read_request(options, request)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  const auto resolvers = app::find_resolvers(options.common, environment);
  if (!resolvers) {
    print_error(environment, resolvers.error());
    return app::ExitStatus::usage;
  }
  return ask_network(options.rights, Afterwards::nothing, environment, [&](auto&, auto&) {
    return Wait(options, environment).run(request, *resolvers);
  });
}

}  // namespace persist::hook
