#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/environment.h"
#include "app/exit_status.h"
#include "base/expected.h"

namespace persist::app {

/// The rim that both programs' `main` share. It opens /dev/null for standard streams that the
/// caller closed (before anything else gets their numbers: a report must never end up in a socket),
/// builds the Environment, runs `run`, writes out what is left, and turns all that happened into
/// the exit status. `clock` is read once.
int run_process(int argc, char** argv, char** environ, UnixTime now,
                ExitStatus (*run)(std::span<const std::string_view>, const Environment&),
                std::string_view program);

}  // namespace persist::app
