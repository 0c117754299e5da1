#pragma once

#include <span>
#include <string_view>

#include "app/environment.h"
#include "app/exit_status.h"

namespace persist::lint {

/// persist-lint without its process: arguments without the program's name.
app::ExitStatus run(std::span<const std::string_view> arguments,
                    const app::Environment& environment);

}  // namespace persist::lint
