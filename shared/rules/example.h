#pragma once

#include "rules/rule.h"
#include "survey/subject.h"

namespace persist::rules {

/// The judged subject of an example: the fixture of `Example` with its good records.
survey::Subject make_good_example(const Example& example);

/// The same with its bad records, after `spoil`.
survey::Subject make_bad_example(const Example& example);

/// Judges a subject from its look-up and answers: what was looked up is that of its identifier.
void judge(survey::Subject& subject);

}  // namespace persist::rules
