#pragma once

#include <string>
#include <string_view>

namespace persist::clients {

/// Where lego 5 keeps its files, as the text of its configuration file `.lego.yml` says: `storage:`
/// at the left edge, a plain or quoted value; `.lego` without it. Relative to the folder in which
/// lego runs. Source: lego 5.3.1.
std::string lego_storage(std::string_view configuration);

}  // namespace persist::clients
