#include "report/check_result.h"

namespace persist::report {

void count(Summary& summary, record::Outcome outcome, const std::vector<Diagnostic>& findings) {
  ++summary.checks;
  ++(outcome == record::Outcome::authorized ? summary.authorized
     : outcome == record::Outcome::refused  ? summary.refused
                                            : summary.unknown);
  for (const Diagnostic& finding : findings) {
    if (finding.severity == Severity::error) ++summary.errors;
    if (finding.severity == Severity::warning) ++summary.warnings;
    if (finding.severity == Severity::notice) ++summary.notices;
  }
}

}  // namespace persist::report
