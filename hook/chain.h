#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/environment.h"
#include "app/exit_status.h"
#include "app/option_table.h"

namespace persist::hook {

/// Why a program must not be run with our rights: no absolute path, no program, or somebody else
/// than root and us may change it or a folder on the way to it. Empty if it may.
std::optional<app::UsageError> refuse_program(const std::string& path);

/// Becomes the program, and so has its exit status; comes back only if that fails: 127 if there is
/// no such program, 126 if it cannot be started, 3 if the output so far cannot be written or a
/// signal came before.
app::ExitStatus become_program(const std::vector<std::string>& arguments,
                               const app::Environment& environment);

}  // namespace persist::hook
