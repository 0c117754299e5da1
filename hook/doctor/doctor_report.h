#pragma once

#include <string>
#include <vector>

#include "hook/doctor/judge.h"

namespace persist::hook::doctor {

/// What the look at a host gave.
struct Examination {
  std::vector<Finding> findings{};
  std::vector<JudgedCall> calls{};
  std::vector<InstalledProgram> programs{};
  std::vector<std::string> looked_at{};  ///< paths of files that were read
};

/// False if something that matters could not be found out.
bool is_complete(const Examination& examination);

/// One finding a line, worst first; then what holds, and what was looked at. Text from outside is
/// escaped.
std::string to_text(const Examination& examination);

/// The document of docs/schema/doctor.schema.json.
std::string to_json(const Examination& examination);

/// One call a line: `CLIENT FILE:LINE COMMAND`.
std::string to_callers(const Examination& examination);

}  // namespace persist::hook::doctor
