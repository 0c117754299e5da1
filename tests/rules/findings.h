#pragma once

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <vector>

#include "rules/example.h"
#include "rules/rule.h"

namespace persist::rules {

/// Names a failing case by the rule's id.
inline void PrintTo(const Rule* rule, std::ostream* out) {
  *out << rule->id;
}

}  // namespace persist::rules

namespace persist::rules::testing {

/// One finding a line: `DP310 error: message`, of rules about the text of values and about names
/// the id alone.
inline std::vector<std::string> to_lines(const std::vector<report::Diagnostic>& found) {
  std::vector<std::string> lines;
  for (const report::Diagnostic& diagnostic : found) {
    const char family = diagnostic.rule[2];
    const bool is_whole =
        (family >= '3' && family <= '5') || (family >= '7' && diagnostic.rule != "DP803");
    lines.push_back(is_whole ? fmt::format("{} {}: {}", diagnostic.rule,
                                           report::to_text(diagnostic.severity), diagnostic.message)
                             : std::string(diagnostic.rule));
  }
  return lines;
}

/// What all rules together say of these records in the fixture of Example.
inline std::vector<std::string> findings(const std::vector<std::string>& records,
                                         void (*arrange)(Subject&) = nullptr) {
  return to_lines(run_rules(make_good_example({.good = records, .bad = {}, .arrange = arrange})));
}

}  // namespace persist::rules::testing
