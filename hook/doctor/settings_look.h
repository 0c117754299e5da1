#pragma once

#include "app/environment.h"
#include "hook/doctor/evidence.h"
#include "hook/doctor/host.h"

namespace persist::hook::doctor {

/// The settings file of the host, and the variables that were seen: what every call of persist-hook
/// reads. `environment` gives the time.
void look_at_settings(Host& host, const app::Environment& environment, Evidence& evidence);

}  // namespace persist::hook::doctor
