#pragma once

#include <string>

#include "rules/rule.h"

namespace persist::lint {

/// Every rule on one line: id, level, name, title.
std::string rules_text();

/// Everything about one rule, for a terminal of 80 columns.
std::string rule_text(const rules::Rule& rule);

/// `{"schema_version": 1, "rules": [...]}` with this rule, or with every rule for null.
std::string rules_json(const rules::Rule* rule);

/// The page docs/rules/DPnnn.md.
std::string rule_markdown(const rules::Rule& rule);

/// The page docs/rules/index.md.
std::string rules_index_markdown();

}  // namespace persist::lint
