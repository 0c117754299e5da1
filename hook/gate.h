#pragma once

#include <string_view>

#include "app/environment.h"
#include "hook/policy.h"

namespace persist::hook {

/// Decides what a verdict means for an order, says so on `environment.err` where it is not what the
/// verdict itself says, and writes blocks, warnings and bypasses to the system's log. `told` is
/// what the checks said; its first line stands for it there, and without it nothing is written.
Decision pass_gate(app::ExitStatus verdict, const Policy& policy,
                   const CertificateAtStake& certificate, std::string_view told,
                   const app::Environment& environment);

}  // namespace persist::hook
