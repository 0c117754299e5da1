#pragma once

#include <optional>
#include <string>

#include "rules/anatomy.h"
#include "survey/subject.h"

namespace persist::rules {

/// The other name with which the hash of `record` was made, where one is found: a parent, the
/// wildcard text, the owner name, an alias target, another spelling, the same name under another
/// top-level domain.
std::optional<std::string> name_in_hash(const survey::Subject& subject, const Anatomy& record);

}  // namespace persist::rules
