#pragma once

#include <optional>

#include "app/environment.h"
#include "app/option_table.h"
#include "hook/cli.h"

namespace persist::hook {

/// Adds the names of the files of --cert and --csr to those given. Error: a file that cannot be
/// read, or in which something else than a domain name is certified.
std::optional<app::UsageError> add_names_of_files(Options& options,
                                                  const app::Environment& environment);

}  // namespace persist::hook
