#pragma once

#include <span>
#include <string_view>

#include "app/environment.h"
#include "app/exit_status.h"
#include "hook/cli.h"

namespace persist::hook {

/// persist-hook-acme without its process: the commands of persist-hook that need HTTPS or a private
/// key, with the same arguments.
app::ExitStatus run_acme(std::span<const std::string_view> arguments,
                         const app::Environment& environment);

/// `account` with --read-keys or --key.
app::ExitStatus run_account_with_keys(const Options& options, const app::Environment& environment);
app::ExitStatus run_detect(const Options& options, const app::Environment& environment);

}  // namespace persist::hook
