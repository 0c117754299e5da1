#pragma once

#include <string>
#include <string_view>

#include "app/environment.h"
#include "hook/process_tree.h"

namespace persist::hook {

/// What is stopped of a certbot that called us: it goes on after a hook that fails.
enum class CertbotAbort {
  lineage,  ///< this certificate; the others of a `renew` go on
  run,      ///< certbot as a whole
  none,     ///< nothing: the exit status is all that it gets
};

/// How this certbot can be stopped. Seen with certbot 2.1.0, 4.0.0 and 5.8.0.
enum class StopWay {
  octet_ff,   ///< text that it cannot decode
  interrupt,  ///< SIGINT
  terminate,  ///< SIGTERM, where it ignores SIGINT
};
/// `can_read_us`: it reads our output, and cannot decode 0xFF.
StopWay choose_stop_way(CertbotAbort wanted, const Process& certbot, bool can_read_us);

/// Stops `certbot`, an ancestor of ours, after `text` was shown where a person sees it: certbot
/// swallows what a hook printed before it was stopped. What was done is a line for the system's
/// log: `certbot (process 4711) was stopped by SIGINT`, or why it could not be.
std::string abort_certbot(const Process& certbot, CertbotAbort wanted, std::string_view text,
                          const app::Environment& environment);

}  // namespace persist::hook
