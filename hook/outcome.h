#pragma once

#include <string>
#include <vector>

#include "app/exit_status.h"
#include "hook/callers/caller.h"

namespace persist::hook {

/// How a call by a client went.
struct CallOutcome {
  Stage stage;
  app::ExitStatus status;             ///< ok where nothing blocks, or nothing was to be checked
  std::string told{};                 ///< for standard error, which conclude writes
  std::vector<std::string> passed{};  ///< labels of the certificates that may be ordered
};

/// What becomes of a call: the one place where the outcome of the checks turns into what the client
/// gets to feel. `caller` is null where nobody was recognised.
app::ExitStatus conclude(const Call& call, const Caller* caller, const CallOutcome& outcome);

}  // namespace persist::hook
