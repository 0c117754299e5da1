#pragma once

#include <optional>
#include <string_view>

#include "base/expected.h"
#include "base/unix_time.h"
#include "record/reading_rules.h"
#include "record/syntax_error.h"

namespace persist::record {

/// Reads the value of a persistUntil parameter.
///
/// Base-10 seconds since 1970-01-01T00:00:00Z, leap seconds ignored; an optional `-`, leading zeros
/// allowed, no spaces. `rules` may allow a `+` and narrow the range. Error:
/// persist_until_malformed, with the offset in `value` of the first bad octet, or the length of
/// `value` if the number is out of range. Source: draft-ietf-acme-dns-persist-02 section 4.1
/// item 5.
Expected<UnixTime, SyntaxError> parse_persist_until(std::string_view value,
                                                    const PersistUntilRules& rules = {});

/// The moment after which a CA with these rules refuses; empty if it sees no limit.
std::optional<UnixTime> effective_limit(UnixTime persist_until, const PersistUntilRules& rules);

}  // namespace persist::record
