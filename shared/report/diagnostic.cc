#include "report/diagnostic.h"

namespace persist::report {

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::notice:
      return "notice";
    case Severity::unknown:
      return "unknown";
  }
  return "";
}

}  // namespace persist::report
