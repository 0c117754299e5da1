#include "hook/certbot_abort.h"

#include <fmt/format.h>

#include <csignal>

#include "hook/held_process.h"
#include "hook/hook_output.h"

namespace persist::hook {
namespace {

constexpr std::string_view octet_ff = "\xff";

/// Both, as the hook's line may send one of them elsewhere.
void write_octet_ff(const app::Environment& environment) {
  environment.out.write(octet_ff);
  environment.err.write(octet_ff);
}

}  // namespace

StopWay choose_stop_way(CertbotAbort wanted, const Process& certbot, bool can_read_us) {
  if (wanted == CertbotAbort::lineage && can_read_us) return StopWay::octet_ff;
  return certbot.ignores(SIGINT) ? StopWay::terminate : StopWay::interrupt;
}

std::string abort_certbot(const Process& certbot, CertbotAbort wanted, std::string_view text,
                          const app::Environment& environment) {
  const std::string who = fmt::format("certbot (process {})", certbot.pid);
  if (wanted == CertbotAbort::none) {
    environment.err.write(text);
    environment.err.write("persist-hook: warning: certbot goes on regardless\n");
    return who + " was left to go on, as --certbot-abort none says";
  }
  const auto held = HeldProcess::hold(certbot);
  const bool is_shown = held && held->write_to_standard_error(text);
  if (!is_shown) environment.err.write(text);
  const bool can_read_us = is_read_by(certbot) && stops_at_octet_ff(environment);
  const StopWay way = choose_stop_way(wanted, certbot, can_read_us);
  if (way == StopWay::octet_ff) {
    write_octet_ff(environment);
    return who + " was stopped at this certificate";
  }
  const bool terminates = way == StopWay::terminate;
  if (held && held->send(terminates ? SIGTERM : SIGINT)) {
    return fmt::format("{} was stopped by {}", who, terminates ? "SIGTERM" : "SIGINT");
  }
  // Better than nothing: certbot may stop at it after all.
  write_octet_ff(environment);
  const std::string why = held ? "it cannot be signalled" : held.error();
  environment.err.write(fmt::format("persist-hook: error: {} may go on: {}\n", who, why));
  return fmt::format("{} may go on: {}", who, why);
}

}  // namespace persist::hook
