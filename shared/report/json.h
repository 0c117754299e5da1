#pragma once

#include <memory>

#include "report/reporter.h"

namespace persist::report {

/// One JSON document: `schema_version`, `checks` (one a line, written as they come), `summary`,
/// `complete`. Cut off anywhere it is no JSON any more.
std::unique_ptr<Reporter> make_json_reporter(Sink& out, const ReportOptions& options);

/// JSON Lines: one line a check; the last line has `schema_version`, `summary` and `complete` and
/// proves that nothing is missing.
std::unique_ptr<Reporter> make_jsonl_reporter(Sink& out, const ReportOptions& options);

}  // namespace persist::report
