#include "hook/doctor/settings_look.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "hook/cli.h"

namespace persist::hook::doctor {
namespace {

constexpr const char* path = "/etc/persist-hook.yaml";

void add_bypass(const PolicyOptions& policy, const Location& place, UnixTime now,
                Evidence& evidence) {
  if (!policy.bypass_until) return;
  const bool is_over = *policy.bypass_until < now;
  evidence.findings.push_back(make_finding(
      is_over ? bypass_expired : bypass_in_force, place,
      fmt::format("a bypass {} {}: {}", is_over ? "ended" : "lets every order through until",
                  to_rfc3339(*policy.bypass_until), quote(policy.bypass_reason))));
}

void add_settings(const Options& options, const Location& place, Host& host, UnixTime now,
                  Evidence& evidence) {
  const PolicyOptions& policy = options.policy;
  evidence.settings = {.only_warns = policy.on_refused == OnRefused::warn,
                       .abort_none = policy.certbot_abort == CertbotAbort::none};
  if (evidence.settings.only_warns) {
    evidence.findings.push_back(make_finding(
        only_warns, place, "on-refused: warn lets every refused order through: fails open"));
  }
  if (evidence.settings.abort_none) {
    evidence.findings.push_back(make_finding(
        abort_none, place, "certbot-abort: none stops no certbot by a hook: fails open there"));
  }
  add_bypass(policy, place, now, evidence);
  if (!options.then.empty() && !host.has_program(options.then)) {
    evidence.findings.push_back(make_finding(
        then_gone, place,
        fmt::format("then: {} is not there, or cannot be executed: nothing is published after a "
                    "good check",
                    quote(options.then))));
  }
}

void look_at_file(Host& host, const app::Environment& environment, bool is_this_machine,
                  Evidence& evidence) {
  const auto file = host.read(path);
  if (!file) return;
  const Location place = host.place(path);
  const bool is_foreign =
      is_this_machine && (file->facts.owner != 0 || file->facts.folder_owner != 0);
  if (is_foreign || is_writable_by_others(file->facts)) {
    evidence.findings.push_back(make_finding(
        settings_refused, place,
        fmt::format(
            "may be written by others (mode {:04o}, its folder {:04o}, owners {} and {}): as "
            "root every call refuses it",
            file->facts.mode, file->facts.folder_mode, file->facts.owner,
            file->facts.folder_owner)));
  }
  const auto options = read_settings_text(path, file->text);
  if (options) return add_settings(*options, place, host, environment.now, evidence);
  evidence.findings.push_back(make_finding(settings_refused, place, options.error().message));
}

}  // namespace

void look_at_settings(Host& host, const app::Environment& environment, bool is_this_machine,
                      Evidence& evidence) {
  look_at_file(host, environment, is_this_machine, evidence);
  for (const auto& [assignment, place] : evidence.variables) {
    const std::size_t equals = assignment.find('=');
    const std::string name = assignment.substr(0, equals);
    const std::string value = assignment.substr(equals + 1);
    // What only a shell or systemd could expand is not judged by its value.
    const bool is_plain = !contains(value, "$") && !contains(value, "%");
    const auto fault =
        find_fault_of_variables({{name, is_plain ? value : std::string("1")}}, environment);
    const bool is_about_name = fault && contains(fault->message, "variable");
    if (fault && (is_plain || is_about_name)) {
      evidence.findings.push_back(make_finding(unknown_variable, place, fault->message));
    }
    if (name != "PERSIST_HOOK_THEN" || !is_plain || value.empty() || value.front() != '/') continue;
    if (host.has_program(value)) continue;
    evidence.findings.push_back(make_finding(
        then_gone, place,
        fmt::format("{} is not there, or cannot be executed: nothing is published after a good "
                    "check",
                    quote(value))));
  }
}

}  // namespace persist::hook::doctor
