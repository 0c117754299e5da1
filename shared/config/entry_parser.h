#pragma once

#include <string>

#include "base/expected.h"
#include "config/inventory.h"
#include "config/node.h"

namespace persist::config {

/// Reads one entry of `domains`: a name, or a map with `name`. The accounts that it names must be
/// in `settings`.
Expected<DomainEntry, Fault> parse_entry(const Node& node, const Settings& settings,
                                         const std::string& file);

/// Fault if one of `names`, read from `node`, is not declared under `accounts`.
std::optional<Fault> check_accounts(const Node* node, const std::vector<std::string>& names,
                                    const Settings& settings);

}  // namespace persist::config
