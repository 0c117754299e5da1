#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/location.h"
#include "config/fault.h"

namespace persist::config {

/// Why a list cannot be used. One sentence, then the line and a caret, are made by `explain`.
struct ConfigError {
  Location location{};
  std::string message;    ///< our words, text from the list already escaped
  std::string hint{};     ///< a way out, where we know one
  std::string line{};     ///< the line at fault, escaped and cut; empty if there is none
  std::size_t caret = 0;  ///< column of the caret within `line`, in characters from 1; 0: none
};

/// `list.yaml:12:5: error: ...`, the line, the caret, the hint; each line ends with LF.
std::string explain(const ConfigError& error);

/// `fault` in `file`, with `line` as it stands in the file made fit for print.
ConfigError to_config_error(const Fault& fault, const std::string& file, std::string_view line);

}  // namespace persist::config
