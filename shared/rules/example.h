#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"
#include "survey/subject.h"

namespace persist::rules {

/// The judged subject of an example: the fixture of `Example` with these records.
survey::Subject make_example(const Example& example, const std::vector<std::string>& records);

}  // namespace persist::rules
