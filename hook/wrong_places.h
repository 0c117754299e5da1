#pragma once

#include <vector>

#include "dns/resolver.h"
#include "survey/survey.h"

namespace persist::hook {

/// Owner names at which records of this method for `name` are put by mistake: the label of another
/// method or a misspelt one, no label, the zone twice, the label in a wrong place, a parent.
std::vector<dns::Name> wrong_owners(const record::DomainName& name);

/// True if something is refused without any record at the right name.
bool may_be_misplaced(const std::vector<survey::Inquiry>& inquiries);

/// Looks for a record of this method at wrong names of what is refused without any record at the
/// right one, and adds a remark where one stands. At most so many names are looked into that it
/// stays a courtesy.
void find_misplaced(std::vector<survey::Inquiry>& inquiries, dns::Resolver& resolver,
                    const dns::Limits& limits);

}  // namespace persist::hook
