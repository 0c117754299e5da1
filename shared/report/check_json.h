#pragma once

#include <string>

#include "report/check_result.h"

namespace persist::report {

/// Version of the JSON of both programs: members may be added within it, not changed.
inline constexpr int json_schema_version = 1;

/// Appends one check as a JSON object on one line, without a line break: a line of `jsonl`, an
/// element of `checks`. The values of records that are none of this method are left out. Described
/// in docs/json.md.
void append_check(std::string& out, const CheckResult& result);

/// Appends the summary as a JSON object on one line.
void append_summary(std::string& out, const Summary& summary);

}  // namespace persist::report
