#pragma once

#include <string>

#include "app/environment.h"
#include "app/exit_status.h"
#include "app/option_table.h"

namespace persist::hook {

/// As whom the network is asked, where this process is root.
struct RightsOptions {
  std::string user{};    ///< empty: nobody
  bool no_drop = false;  ///< as root
};

/// Rows `user` and `no-drop`; `options` must outlive them.
std::vector<app::OptionRow> rights_option_rows(RightsOptions& options);

/// What comes after the network was asked.
enum class Afterwards {
  nothing,       ///< root's rights are given up for good
  needs_rights,  ///< a client is stopped, or a command started: a child asks
};

/// Does the work with no more rights than it needs; its errors go to `environment.err`.
app::ExitStatus ask_network(const RightsOptions& options, Afterwards afterwards,
                            const app::Environment& environment, const app::NetworkWork& work);

}  // namespace persist::hook
