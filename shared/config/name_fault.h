#pragma once

#include <string_view>

#include "config/fault.h"
#include "record/domain_name.h"

namespace persist::config {

/// Why `text` at `place` is no domain name, with a hint where it holds one (a URL, a port, several
/// names).
Fault name_fault(std::string_view text, const record::NameError& error, Place place);

}  // namespace persist::config
