#pragma once

#include <span>
#include <string>
#include <string_view>

namespace persist::hook {

/// Replaces this process by persist-hook-acme, which is in ../libexec/persist-hook as seen from the
/// folder of this program. Comes back only where that fails, with the reason.
std::string execute_acme_program(std::span<const std::string_view> arguments);

}  // namespace persist::hook
