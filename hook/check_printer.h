#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/environment.h"
#include "app/exit_status.h"
#include "hook/cli.h"
#include "report/diagnostic.h"
#include "report/reporter.h"
#include "survey/subject.h"

namespace persist::hook {

/// Prints each check as it is judged, and remembers the worst. What a client calls for has nothing
/// on standard output.
class CheckPrinter {
 public:
  /// Both must outlive it.
  CheckPrinter(const Options& options, const app::Environment& environment);

  void print(const survey::Subject& subject);
  /// A name of which nothing tells whether it is meant, its wildcard, or both: fine if both are.
  void print_open(const survey::Subject& plain, const survey::Subject& wildcard);

  /// The exit status; it is not good unless so many names were printed.
  app::ExitStatus finish(std::size_t expected);

 private:
  void print_block(const survey::Subject& subject, const std::vector<report::Diagnostic>& findings,
                   const std::string& message);
  void print_success(const survey::Subject& subject,
                     const std::vector<report::Diagnostic>& findings);
  void tell_incomplete(std::size_t expected);
  /// Errors and warnings beside what the verdict itself already tells; what is about the CA once.
  std::vector<std::string> notes_of(const survey::Subject& subject,
                                    const std::vector<report::Diagnostic>& findings);

  const Options& options_;
  const app::Environment& environment_;
  std::unique_ptr<report::Reporter> reporter_;
  report::Summary summary_{};
  std::set<std::string_view> told_about_ca_{};  ///< ids of rules
  app::ExitStatus status_ = app::ExitStatus::ok;
};

}  // namespace persist::hook
