#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/unix_time.h"
#include "rules/anatomy.h"
#include "survey/subject.h"

namespace persist::rules {

/// True if this record authorises the account.
bool authorizes(const Anatomy& record);

/// The last second in which the CA accepts the record; empty if it sees no limit, or cannot read
/// the record.
std::optional<UnixTime> end_of(const survey::Subject& subject, const Anatomy& record);

/// Of the records that authorise, the one that does so longest; null if there is none, or if one of
/// them has no end.
const Anatomy* last_to_end(const survey::Subject& subject, std::span<const Anatomy> records);

/// When the list says that the certificate is renewed next.
std::optional<UnixTime> next_renewal(const survey::Subject& subject);

/// From `earlier` to `later`, held at the end of the 64-bit range.
std::int64_t seconds_between(UnixTime earlier, UnixTime later);

/// `9 days`, `1 day`, `5 hours`, `59 seconds`: rounded down to the largest unit.
std::string to_words(std::int64_t seconds);

}  // namespace persist::rules
