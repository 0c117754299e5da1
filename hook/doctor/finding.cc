#include "hook/doctor/finding.h"

#include <array>
#include <utility>

namespace persist::hook::doctor {

using report::Severity;

constexpr FindingKind hook_gone{"hook-gone", Severity::error,
                                "install persist-hook there, or take the line out"};
constexpr FindingKind then_gone{"then-gone", Severity::error,
                                "put the program there, or take --then out"};
constexpr FindingKind failure_ignored{
    "failure-ignored", Severity::error,
    "let the failure count: no `|| true`, no `;`, no pipe, no `-` behind ExecStartPre="};
constexpr FindingKind after_the_order{"after-the-order", Severity::error,
                                      "call persist-hook before the order: persist-hook install"};
constexpr FindingKind abort_none{"certbot-abort-none", Severity::error,
                                 "take --certbot-abort none out"};
constexpr FindingKind only_warns{"only-warns", Severity::error,
                                 "take on-refused: warn out once the roll-out is over"};
constexpr FindingKind settings_refused{"settings-refused", Severity::error,
                                       "repair the file: every call ends with status 2 until then"};
constexpr FindingKind unknown_variable{
    "unknown-variable", Severity::error,
    "take the variable out: every call that gets it ends with status 2"};
constexpr FindingKind wrong_certificate{"wrong-certificate", Severity::error,
                                        "name the certificate of this file with --cert-name"};

constexpr FindingKind unclear_call{"cannot-tell", Severity::unknown,
                                   "make it a plain command, or try it with --pretend refused"};
constexpr FindingKind unreadable{"unreadable", Severity::unknown,
                                 "run as root, or repair the file"};
constexpr FindingKind nothing_found{"nothing-found", Severity::unknown,
                                    "is this the right host, or the right --root?"};

constexpr FindingKind bypass_in_force{"bypass-in-force", Severity::warning,
                                      "take the bypass out as soon as it is not needed"};
constexpr FindingKind not_gated{"not-gated", Severity::warning,
                                "hook persist-hook in: persist-hook install"};
constexpr FindingKind run_beside_gate{"run-beside-the-gate", Severity::warning,
                                      "put persist-hook in front of this one too, or take it out"};
constexpr FindingKind account_writable{"account-writable", Severity::warning,
                                       "chmod go-w the file and its folder"};
constexpr FindingKind key_readable{"key-readable", Severity::warning,
                                   "chmod 600 the key, and consider it known to others"};
constexpr FindingKind credentials_readable{
    "credentials-readable", Severity::warning,
    "chmod 600 the file, and consider what is in it known to others"};

constexpr FindingKind bypass_expired{"bypass-expired", Severity::notice, "take it out"};
constexpr FindingKind only_fresh_challenges{
    "only-fresh-challenges", Severity::notice,
    "put a command in front of the client as well: persist-hook install"};
constexpr FindingKind no_gate{"no-gate", Severity::notice,
                              "persist-hook install prints what to paste"};
constexpr FindingKind no_native_method{
    "no-native-method", Severity::notice,
    "nothing to do: the gate keeps the record right for a later release"};
constexpr FindingKind version_not_known{"version-not-known", Severity::notice,
                                        "ask the program itself with --version"};
constexpr FindingKind credentials_not_needed{
    "credentials-not-needed", Severity::notice,
    "take them away here, and revoke them at the DNS provider"};

std::span<const FindingKind* const> finding_kinds() {
  static constexpr std::array<const FindingKind*, 24> table{
      &hook_gone,         &then_gone,
      &failure_ignored,   &after_the_order,
      &abort_none,        &only_warns,
      &settings_refused,  &unknown_variable,
      &wrong_certificate, &unclear_call,
      &unreadable,        &nothing_found,
      &bypass_in_force,   &not_gated,
      &run_beside_gate,   &account_writable,
      &key_readable,      &credentials_readable,
      &bypass_expired,    &only_fresh_challenges,
      &no_gate,           &no_native_method,
      &version_not_known, &credentials_not_needed};
  return table;
}

Finding make_finding(const FindingKind& kind, Location place, std::string message) {
  return {
      .kind = &kind, .place = std::move(place), .message = std::move(message), .level = kind.level};
}

}  // namespace persist::hook::doctor
