#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/manual.h"

namespace persist::app {

/// A shell for which there are completions.
struct CompletedShell {
  std::string_view name;                   ///< `bash`
  std::string (*complete)(const Manual&);  ///< the file that the shell reads
};
const std::vector<CompletedShell>& completed_shells();

/// The file for that shell.
Expected<std::string, UsageError> completion_for(std::string_view shell, const Manual& manual);

}  // namespace persist::app
