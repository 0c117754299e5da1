#pragma once

#include "app/environment.h"
#include "app/exit_status.h"
#include "lint/cli.h"

namespace persist::lint {

/// Lists -> surveys -> rules -> findings, in list order, written as they come; nothing of a name
/// outlives its line.
app::ExitStatus audit(const Options& options, const app::Environment& environment);

/// `persist-lint: error: ...` and, if there is one, `persist-lint: hint: ...`.
void print_error(const app::Environment& environment, const app::UsageError& error);

}  // namespace persist::lint
