#pragma once

#include <string>

#include "record/caa.h"
#include "record/explain.h"

namespace persist::record {

/// Why CAA forbids, or why that could not be found out; one line, no capital, no full stop, text
/// from outside escaped: `the CAA records of example.com permit no CA`. Empty if it does not stand
/// in the way.
std::string describe(const CaaJudgement& judgement, const Circumstances& circumstances);

}  // namespace persist::record
