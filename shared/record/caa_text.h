#pragma once

#include <chrono>
#include <string>

#include "record/caa.h"
#include "record/explain.h"

namespace persist::record {

/// Why CAA forbids, or why that could not be found out; one line, no capital, no full stop, text
/// from outside escaped: `the CAA records of example.com permit no CA`. Empty if it does not stand
/// in the way.
std::string describe(const CaaJudgement& judgement, const Circumstances& circumstances);

/// The CAA record that would permit the order beside those that are there, as a zone-file line
/// without LF. Empty if CAA does not forbid, or if no further record can help.
std::string to_zone_line(const CaaJudgement& judgement, const Requirement& required,
                         std::chrono::seconds ttl);

}  // namespace persist::record
