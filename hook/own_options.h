#pragma once

#include <vector>

#include "app/option_table.h"
#include "hook/cli.h"

namespace persist::hook {

/// Every option of persist-hook beside the common ones and those of files of their own; `options`
/// must outlive the rows.
std::vector<app::OptionRow> own_option_rows(Options& options);

}  // namespace persist::hook
