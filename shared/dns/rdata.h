#pragma once

#include <optional>
#include <string>

#include "dns/answer.h"
#include "dns/wire.h"

namespace persist::dns {

/// The rdata of a record, names in it without compression and in lower case. Empty if it does not
/// have the form of its type; types that we do not know have none and are taken as they are.
std::optional<std::string> rdata_of(Octets message, const RecordView& record);

/// The extended error in the rdata of an OPT record. False if the options in it do not add up.
/// Of several, one that is_suspicious goes first, else the first in the record.
/// Source: RFC 6891 section 6.1.2, RFC 8914 section 2.
bool read_extended_error(Octets rdata, std::optional<ExtendedError>& error);

}  // namespace persist::dns
