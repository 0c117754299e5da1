#pragma once

#include "report/check_result.h"

namespace persist::report {

/// Where a finding of `result` points: its own place, else that of the name in the list; empty
/// without a list.
inline const Location& place_of(const Diagnostic& finding, const CheckResult& result) {
  return finding.location.file.empty() ? result.location : finding.location;
}

}  // namespace persist::report
