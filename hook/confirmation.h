#pragma once

#include "survey/subject.h"

namespace persist::hook {

/// A refusal for the records that a resolver gave: its cache may hold what is true no longer.
bool may_be_out_of_date(const survey::Subject& subject);

/// The servers of the zone authorise what a resolver refuses: their word counts, and a remark says
/// for how long the resolver may go on.
void overrule(survey::Subject& refused, survey::Subject of_zone);

/// The refusal stays; a remark says whether the servers of the zone see it so, too.
void remark_confirmation(survey::Subject& refused, survey::Subject of_zone);

}  // namespace persist::hook
