#pragma once

#include "rules/anatomy.h"
#include "survey/subject.h"

namespace persist::rules {

/// True if a list says which accounts may stand in records of the name.
bool says_who(const survey::Subject& subject);

/// True if some permitted account is at a CA that answers to the record's issuer-domain-name.
bool permits_issuer(const survey::Subject& subject, const Anatomy& record);

/// The permitted account that the record names, at a CA that answers to its issuer-domain-name;
/// null if there is none. A hash that an unknown key may have made counts for the account.
const survey::Permitted* find_permitted(const survey::Subject& subject, const Anatomy& record);

/// True if an account at a CA that answers to the record's issuer-domain-name is checked on its own
/// account.
bool has_own_check(const survey::Subject& subject, const Anatomy& record);

/// True if the record is well-formed and not past its end: some CA would take it.
bool is_alive(const survey::Subject& subject, const Anatomy& record);

}  // namespace persist::rules
