#pragma once

#include <string>

#include "support/vectors.h"

namespace persist::testing {

/// The answer line of `persist-vectors --judge-letsencrypt`: id, `verdict,error`, the words by
/// which the CA would tell of the reason (none where CAA could not be looked up), the names that
/// were asked for CAA; tabs between them.
///
/// A row with `caa`, whose identifier is a name, goes the way of the programs: a survey asks, and
/// DNS messages answer.
std::string lets_encrypt_line(const Json& row);

}  // namespace persist::testing
