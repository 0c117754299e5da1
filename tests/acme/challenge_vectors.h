#pragma once

#include <string>

#include "support/vectors.h"

namespace persist::testing {

/// What a row of challenges.json wants, and what we make of it, in the same words:
/// `malformed issuers-empty; preprovision null`.
std::string expected_offer(const Json& row);
std::string judge_offer(const Json& row);

/// Runs a row of challenges.json: empty, or what differs.
std::string check_challenge_row(const Json& row);

}  // namespace persist::testing
