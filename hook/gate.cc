#include "hook/gate.h"

#include <fmt/format.h>

namespace persist::hook {
namespace {

constexpr std::string_view prefix = "persist-hook: ";

/// The log has the name of the program already.
std::string_view first_line(std::string_view told) {
  const std::string_view line = told.substr(0, told.find('\n'));
  return line.substr(0, prefix.size()) == prefix ? line.substr(prefix.size()) : line;
}

}  // namespace

Decision pass_gate(app::ExitStatus verdict, const Policy& policy,
                   const CertificateAtStake& certificate, std::string_view told,
                   const app::Environment& environment) {
  Decision decision = decide(verdict, policy, certificate, environment.now);
  if (!decision.remark.empty()) {
    environment.err.write(
        fmt::format("{}{}: {}\n", prefix, decision.blocks ? "error" : "warning", decision.remark));
  }
  if (told.empty() || (!decision.blocks && decision.remark.empty())) return decision;
  std::string line(decision.blocks ? "blocked: " : "warning: ");
  line += first_line(told);
  if (!decision.remark.empty()) line += fmt::format(" ({})", decision.remark);
  environment.log(decision.blocks ? report::Severity::error : report::Severity::warning, line);
  return decision;
}

}  // namespace persist::hook
