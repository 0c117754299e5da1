#include "lint/suppress.h"

#include <algorithm>

namespace persist::lint {
namespace {

bool accepts(const config::Ignore& ignore, const report::Diagnostic& finding, UnixTime now) {
  if (ignore.until && now > *ignore.until) return false;
  return ignore.rule == finding.rule || ignore.rule == finding.name;
}

}  // namespace

std::uint64_t suppress(std::vector<report::Diagnostic>& findings, const survey::Subject& subject) {
  if (subject.entry == nullptr) return 0;
  const auto& ignores = subject.entry->ignores;
  return std::erase_if(findings, [&](const report::Diagnostic& finding) {
    return finding.severity != report::Severity::unknown &&
           std::any_of(ignores.begin(), ignores.end(), [&](const config::Ignore& ignore) {
             return accepts(ignore, finding, subject.now);
           });
  });
}

}  // namespace persist::lint
