#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/location.h"
#include "report/diagnostic.h"

namespace persist::hook::doctor {

/// A kind of finding; ids never change meaning. docs/doctor.md has a paragraph for each.
struct FindingKind {
  std::string_view id;
  report::Severity level;
  std::string_view remedy;  ///< one line
};

// error: a refused order goes through, or every renewal ends in an error of our own.
extern const FindingKind hook_gone, then_gone, failure_ignored, after_the_order, abort_none,
    only_warns, settings_refused, unknown_variable, wrong_certificate;
// unknown: what it would take to say that nothing fails open could not be found out.
extern const FindingKind unclear_call, unreadable, nothing_found;
extern const FindingKind bypass_in_force, not_gated, run_beside_gate, account_writable,
    key_readable, credentials_readable;
extern const FindingKind bypass_expired, only_fresh_challenges, no_gate, no_native_method,
    version_not_known, credentials_not_needed;

/// Every kind, worst level first.
std::span<const FindingKind* const> finding_kinds();

/// Something to tell about this host.
struct Finding {
  const FindingKind* kind;
  Location place{};     ///< empty: the host as a whole
  std::string message;  ///< one line, everything from outside escaped
  report::Severity level = report::Severity::notice;
};

/// A finding with the level of its kind.
Finding make_finding(const FindingKind& kind, Location place, std::string message);

}  // namespace persist::hook::doctor
