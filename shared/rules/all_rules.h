#pragma once

#include <span>
#include <string_view>

#include "rules/rule.h"

namespace persist::rules {

/// Every rule, by id. Nothing registers itself: the list stands in all_rules.cc.
std::span<const Rule* const> all_rules();

/// By id (`DP401`) or name (`policy-wildcard-needed`); null if there is none.
const Rule* find_rule(std::string_view id_or_name);

}  // namespace persist::rules
