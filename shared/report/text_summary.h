#pragma once

#include <string>

#include "report/check_result.h"
#include "report/repeated_lines.h"

namespace persist::report {

/// The last lines of the text report: what was left out of the `unknown` lines and of the findings
/// about CAs, the counts, and whether the report is complete.
std::string summary_text(const Summary& summary, const RepeatedLines& unknown,
                         const RepeatedLines& about_cas, bool shows_notices);

}  // namespace persist::report
