#pragma once

#include <vector>

#include "hook/doctor/evidence.h"
#include "hook/doctor/host.h"

namespace persist::hook::doctor {

/// What becomes of an order that a call should stop.
enum class Standing {
  holds,          ///< it is stopped
  ignored,        ///< it goes on: what calls us does not look at the result
  not_aborted,    ///< it goes on: certbot ignores our status, and is not to be stopped otherwise
  only_warned,    ///< it goes on, as on-refused says
  other_names,    ///< it goes on: another certificate is checked
  too_late,       ///< it was through before
  gone,           ///< there is no program of ours to call
  gates_nothing,  ///< the call is in front of no client
  cannot_tell,
};
std::string_view to_text(Standing standing);

/// A call and what it is worth.
struct JudgedCall {
  CallSite site;
  Standing standing;
};

/// Judges every call by itself.
std::vector<JudgedCall> judge_calls(const Evidence& evidence, Host& host);

/// Everything to tell of the host, worst first. A call that does not hold is less bad where another
/// one stops the same orders.
std::vector<Finding> make_findings(const Evidence& evidence, const std::vector<JudgedCall>& calls,
                                   Host& host);

}  // namespace persist::hook::doctor
