#pragma once

#include <string_view>

namespace persist::app {

/// Version of the programs and the library, `0.1.0`.
std::string_view version();

}  // namespace persist::app
