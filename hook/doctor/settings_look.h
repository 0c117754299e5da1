#pragma once

#include "app/environment.h"
#include "hook/doctor/evidence.h"
#include "hook/doctor/host.h"

namespace persist::hook::doctor {

/// The settings file of the host, and the variables that were seen: what every call of persist-hook
/// reads. `environment` gives the time. Whose file it is counts on this machine only, not below
/// another root, which anybody may have unpacked.
void look_at_settings(Host& host, const app::Environment& environment, bool is_this_machine,
                      Evidence& evidence);

}  // namespace persist::hook::doctor
