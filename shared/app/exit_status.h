#pragma once

#include <initializer_list>

namespace persist::app {

/// What the programs tell their caller; part of their interface.
enum class ExitStatus {
  ok = 0,       ///< authorised; no finding at or above the threshold
  refused = 1,  ///< not authorised; findings
  usage = 2,    ///< wrong usage, list or configuration; no account, or several
  unknown =
      3,  ///< no trustworthy answer for something that mattered; output not written; internal error
  not_executable = 126,  ///< the checks went well, but the program to run could not be started
  not_found = 127,       ///< likewise: there is no such program
};

/// Of several at once: 2 before 1 before 3 before 0.
constexpr ExitStatus worse(ExitStatus a, ExitStatus b) {
  for (const ExitStatus status : {ExitStatus::usage, ExitStatus::refused, ExitStatus::unknown}) {
    if (a == status || b == status) return status;
  }
  return ExitStatus::ok;
}

}  // namespace persist::app
