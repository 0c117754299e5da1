#pragma once

#include "app/environment.h"
#include "app/exit_status.h"
#include "hook/cli.h"

namespace persist::hook {

/// Checks every name of the options against one account of one CA, and tells the result: the one
/// way to a verdict, whoever calls. Good only if every name was looked up and is authorised.
app::ExitStatus check_names(const Options& options, const app::Environment& environment);

/// The same, and what the owner's policy makes of it, where no client calls.
app::ExitStatus check_by_policy(const Options& options, const app::Environment& environment);

}  // namespace persist::hook
