#pragma once

#include <string>
#include <string_view>

#include "base/unix_time.h"
#include "record/ca_profile.h"

namespace persist::hook {

/// A TXT value piece by piece, a line each: the piece, and what it is for `ca`.
std::string annotate(std::string_view value, const record::CaProfile& ca, UnixTime now);

}  // namespace persist::hook
