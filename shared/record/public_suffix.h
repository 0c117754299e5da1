#pragma once

#include <optional>

#include "record/domain_name.h"

namespace persist::record {

/// True if certificates for names below are issued to different parties (`com`, `co.uk`,
/// `github.io`). Source: the Public Suffix List as the system's libpsl has it; names under no rule
/// count as one label.
bool is_public_suffix(const DomainName& name);

/// The public suffix and one label more; empty for a public suffix itself.
std::optional<DomainName> registrable_domain(const DomainName& name);

}  // namespace persist::record
