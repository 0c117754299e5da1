#pragma once

#include <string>

#include "base/expected.h"
#include "config/inventory.h"
#include "config/node.h"

namespace persist::config {

/// Reads the keys of the list's root but `domains`. CAs and accounts that are named must be
/// declared or built in.
Expected<Settings, Fault> parse_settings(const Node& root, const std::string& file);

}  // namespace persist::config
