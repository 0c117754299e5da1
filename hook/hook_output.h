#pragma once

#include "app/environment.h"
#include "hook/process_tree.h"

namespace persist::hook {

/// True if a Python program in the locale that the variables say, as certbot is one, cannot decode
/// the octet 0xFF in the output of a hook, and gives up the certificate for it. False in a charset
/// that has the octet, and in one that is not known. Source: PEP 538, PEP 540; seen with certbot
/// 2.1.0, 4.0.0 and 5.8.0.
bool stops_at_octet_ff(const app::Environment& environment);

/// True if standard output or standard error of this process is a pipe that `reader` reads from.
bool is_read_by(const Process& reader);

}  // namespace persist::hook
