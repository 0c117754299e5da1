#pragma once

#include <cstdint>
#include <vector>

#include "report/diagnostic.h"
#include "survey/subject.h"

namespace persist::lint {

/// Takes out what the entry's `ignore` accepts until its end date, and counts it. "Could not find
/// out" is never taken out.
std::uint64_t suppress(std::vector<report::Diagnostic>& findings, const survey::Subject& subject);

}  // namespace persist::lint
