// What each call is worth by itself.
#include "base/ascii.h"
#include "hook/callers/other_command_line.h"
#include "hook/doctor/judge.h"

namespace persist::hook::doctor {
namespace {

bool is_set_to(const OwnCall& call, std::string_view option, std::string_view value) {
  const auto given = last_value_of(call.arguments, {option});
  return given && *given == value;
}

/// A path that only a shell, or the folder of who calls, could tell.
bool is_unclear(std::string_view program) {
  return program.find_first_of("$`%*?~") != std::string_view::npos ||
         (contains(program, "/") && program.front() != '/');
}

/// What the caller makes of our refusal, the program being there.
Standing standing_of_refusal(const CallSite& site) {
  const OwnCall& call = site.call;
  if (site.slot == nullptr) return Standing::gates_nothing;
  if (call.effect == Effect::cannot_tell) return Standing::cannot_tell;
  if (site.slot->counts_status) {
    return call.effect == Effect::stops ? Standing::holds : Standing::ignored;
  }
  // What stops certbot is on our output, or is a signal.
  return call.moves_output ? Standing::cannot_tell : Standing::holds;
}

Standing judge_call(const CallSite& site, const GateSettings& settings, Host& host) {
  const OwnCall& call = site.call;
  if (site.slot != nullptr && site.slot->time == SlotTime::too_late) return Standing::too_late;
  if (call.program.empty() || is_unclear(call.program)) return Standing::cannot_tell;
  if (!find_program(host, call.program)) return Standing::gone;
  const Standing standing = standing_of_refusal(site);
  if (standing != Standing::holds) return standing;
  if (!site.slot->counts_status) {
    const bool is_told = last_value_of(call.arguments, {"--certbot-abort"}).has_value();
    if (is_set_to(call, "--certbot-abort", "none") || (settings.abort_none && !is_told)) {
      return Standing::not_aborted;
    }
  }
  const bool is_told = last_value_of(call.arguments, {"--on-refused"}).has_value();
  if (is_set_to(call, "--on-refused", "warn") || (settings.only_warns && !is_told)) {
    return Standing::only_warned;
  }
  const auto checked = last_value_of(call.arguments, {"--cert-name"});
  if (site.slot == &certbot_renewal_slot && checked && *checked != site.certificate) {
    return Standing::other_names;
  }
  return Standing::holds;
}

}  // namespace

std::string_view to_text(Standing standing) {
  switch (standing) {
    case Standing::holds:
      return "holds";
    case Standing::ignored:
      return "ignored";
    case Standing::not_aborted:
      return "not-aborted";
    case Standing::only_warned:
      return "only-warned";
    case Standing::other_names:
      return "other-names";
    case Standing::too_late:
      return "too-late";
    case Standing::gone:
      return "gone";
    case Standing::gates_nothing:
      return "gates-nothing";
    case Standing::cannot_tell:
      return "cannot-tell";
  }
  return "";
}

std::vector<JudgedCall> judge_calls(const Evidence& evidence, Host& host) {
  std::vector<JudgedCall> judged;
  for (const CallSite& site : evidence.calls) {
    judged.push_back({.site = site, .standing = judge_call(site, evidence.settings, host)});
  }
  return judged;
}

}  // namespace persist::hook::doctor
