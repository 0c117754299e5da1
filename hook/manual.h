#pragma once

#include "app/manual.h"

namespace persist::hook {

/// persist-hook's manual: every sub-command with its options, as `--help` has them.
app::Manual manual();

}  // namespace persist::hook
