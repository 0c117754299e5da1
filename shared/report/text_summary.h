#pragma once

#include <string>

#include "report/check_result.h"
#include "report/repeated_lines.h"

namespace persist::report {

/// The last lines of the text report: what was left out of the `unknown` lines, the counts, and
/// whether the report is complete.
std::string summary_text(const Summary& summary, const RepeatedLines& unknown, bool shows_notices);

}  // namespace persist::report
