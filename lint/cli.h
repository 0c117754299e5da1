#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/common_options.h"
#include "app/environment.h"
#include "app/option_table.h"
#include "base/expected.h"
#include "report/diagnostic.h"

namespace persist::lint {

/// Everything that an audit is told.
struct Options {
  app::CommonOptions common{};
  std::vector<std::string> files{};  ///< lists; `-` is standard input
  std::vector<std::string> names{};  ///< given by -d instead of a list
  bool plain_names = false;          ///< the lists are bare text, one name a line
  std::string format = "text";
  report::Severity fail_on = report::Severity::error;
  double max_qps = 1000;  ///< queries a second to each server that is not on loopback; 0: no limit
  bool verbose = false;
  bool wants_help = false;
};

/// Reads the arguments of `persist-lint [OPTIONS] [FILE...]`.
Expected<Options, app::UsageError> parse_cli(std::span<const std::string_view> arguments);

/// `persist-lint --help`; ends with an example.
std::string usage();

}  // namespace persist::lint
