// persist-hook doctor: what of the gate on this host fails open, by its files alone.
#include "base/escape.h"
#include "hook/account.h"
#include "hook/command.h"
#include "hook/doctor/doctor_report.h"
#include "hook/doctor/looks.h"
#include "hook/doctor/settings_look.h"

namespace persist::hook {
namespace {

app::ExitStatus status_of(const doctor::Examination& examination) {
  app::ExitStatus status = app::ExitStatus::ok;
  for (const doctor::Finding& finding : examination.findings) {
    if (finding.level == report::Severity::error) {
      status = app::worse(status, app::ExitStatus::refused);
    } else if (finding.level == report::Severity::unknown) {
      status = app::worse(status, app::ExitStatus::unknown);
    }
  }
  return status;
}

doctor::Examination examine(const clients::FileTree& tree, bool is_this_machine,
                            const app::Environment& environment) {
  doctor::Host host(tree);
  doctor::Evidence evidence;
  for (const doctor::Look look : doctor::looks()) look(host, evidence);
  doctor::look_at_settings(host, environment, is_this_machine, evidence);
  doctor::Examination examination{.calls = doctor::judge_calls(evidence, host)};
  examination.findings = doctor::make_findings(evidence, examination.calls, host);
  examination.programs = std::move(evidence.programs);
  examination.looked_at = host.looked_at();
  return examination;
}

}  // namespace

app::ExitStatus run_doctor(const Options& options, const app::Environment& environment) {
  if (options.callers && options.format == OutputFormat::json) {
    print_error(environment, {"--callers is text for a person", "leave --format json out"});
    return app::ExitStatus::usage;
  }
  const auto tree = open_files(options, environment);
  if (!tree) return tree.error();
  const doctor::Examination examination = examine(*tree, options.acme.root.empty(), environment);
  if (options.callers) {
    environment.out.write(to_callers(examination));
    for (const doctor::Finding& finding : examination.findings) {
      if (finding.kind != &doctor::unreadable) continue;
      print_error(environment, {escape(finding.place.file) + ": " + finding.message});
    }
    return is_complete(examination) ? app::ExitStatus::ok : app::ExitStatus::unknown;
  }
  environment.out.write(options.format == OutputFormat::json ? to_json(examination)
                                                             : to_text(examination));
  return status_of(examination);
}

}  // namespace persist::hook
