#pragma once

#include <optional>

#include "hook/callers/caller.h"

namespace persist::hook {

/// Options for the check of one certificate: those of the owner, and what the client told where
/// they say nothing: CA, account, thumbprint. Names are the order's unless the owner named some.
/// Error: no account is known, or several and nothing tells which; then they are listed as options
/// to paste.
Expected<Options, app::UsageError> options_for(const Order& order, const Options& given);

}  // namespace persist::hook
