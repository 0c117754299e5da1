#pragma once

#include <memory>

#include "report/reporter.h"

namespace persist::report {

/// For people: the findings name by name, each with the place in the record and a way out, then a
/// summary. No line begins with text from outside that could be taken for a command of a CI runner.
///
/// Names that could not be checked are told one by one only as long as that says something new; the
/// others are counted. A finding about a CA is told at the first name, the others are counted.
std::unique_ptr<Reporter> make_text_reporter(Sink& out, const ReportOptions& options);

}  // namespace persist::report
