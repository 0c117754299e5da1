#pragma once

#include "rules/anatomy.h"
#include "survey/subject.h"

namespace persist::rules {

/// True if a record that the CA does not take for its own was nevertheless meant for it: it names
/// the issuer with something wrong around it, or an account of the CA, or it has the parameters of
/// this method and names nobody at all. False for `v=spf1 ...` and for the well-formed record of
/// another CA.
bool is_near_miss(const Anatomy& anatomy, const survey::Subject& subject);

}  // namespace persist::rules
