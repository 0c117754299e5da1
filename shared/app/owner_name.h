#pragma once

#include <optional>

#include "app/option_table.h"
#include "record/identifier.h"

namespace persist::app {

/// Why nobody can want a certificate for the identifier: it is the owner name of a record. Looked
/// up all the same, it would be refused for lack of a record at
/// _validation-persist._validation-persist.example.com, which nobody understands.
std::optional<UsageError> refuse_owner_name(const record::Identifier& identifier);

}  // namespace persist::app
