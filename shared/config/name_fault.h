#pragma once

#include "config/node.h"
#include "record/domain_name.h"

namespace persist::config {

/// Why the text of `node` is no domain name, with a hint where it holds one (a URL, a port, several
/// names). The place is that of the character at fault where the list shows the text as it is.
Fault name_fault(const Node& node, const record::NameError& error);

}  // namespace persist::config
