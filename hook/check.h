#pragma once

#include "app/environment.h"
#include "app/exit_status.h"
#include "hook/cli.h"

namespace persist::hook {

/// Checks every name of the options against one account of one CA, and tells the result: the one
/// way to a verdict, whoever calls. Good only if every name was looked up and is authorised.
app::ExitStatus check_names(const Options& options, const app::Environment& environment);

}  // namespace persist::hook
