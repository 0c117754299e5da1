#pragma once

#include <optional>

#include "hook/callers/caller.h"

namespace persist::hook {

/// Options for the check of one certificate: those of the owner, and what the client told where
/// they say nothing: CA, account, thumbprint. Names are the order's unless the owner named some.
/// Error: no account is known, or several and nothing tells which; then they are listed as options
/// to paste.
Expected<Options, app::UsageError> options_for(const Order& order, const Options& given);

/// True if what is hashed needs the account key, and nothing but its file tells the thumbprint.
bool needs_key(const Options& options);

/// Takes the thumbprint that the key file tells.
void set_thumbprint(const std::string& thumbprint, Options& options);

}  // namespace persist::hook
