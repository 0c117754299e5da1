#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace persist::rules {

/// Why CAA forbids, or why it could not be looked up; empty if it does not decide.
std::string caa_message(const Subject& subject);

/// The finding of the rule that stands for `reason`, where CAA forbids for it.
std::vector<Finding> caa_fault(const Subject& subject, record::Reason reason);

/// Puts these CAA records at the name of an example, in place of none.
void set_caa(Subject& subject, std::vector<record::CaaRecord> rrset);

/// `0 issue`: the CA of the examples, its account and the method, and nothing else.
void permit_by_caa(Subject& subject);

}  // namespace persist::rules
