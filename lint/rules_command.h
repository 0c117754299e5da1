#pragma once

#include <span>
#include <string_view>

#include "app/environment.h"
#include "app/exit_status.h"

namespace persist::lint {

/// `persist-lint rules [ID] [--format text|json|markdown]`.
app::ExitStatus rules_command(std::span<const std::string_view> arguments,
                              const app::Environment& environment);

}  // namespace persist::lint
