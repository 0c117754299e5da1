#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace persist {

/// Seconds since 1970-01-01T00:00:00Z, leap seconds ignored; 64 bits, may be negative.
struct UnixTime {
  std::int64_t seconds = 0;
  auto operator<=>(const UnixTime&) const = default;
};

/// The time `later` seconds after `time`, held at the ends of the 64-bit range.
UnixTime add(UnixTime time, std::chrono::seconds later);

/// `2027-01-01T00:00:00Z`; the plain number where no calendar year from 0 to 9999 fits.
std::string to_rfc3339(UnixTime time);

/// `2027-01-01`; the plain number where no calendar year from 0 to 9999 fits.
std::string to_date(UnixTime time);

/// Reads Unix seconds, `2027-01-01` (its first second) or an RFC 3339 time with Z or an offset.
std::optional<UnixTime> parse_time(std::string_view text);

/// Reads `90s`, `15m`, `12h`, `30d`, `8w`; a bare number is none. At most 100 years.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// `30d`, `90m`, `45s`: the largest unit that divides evenly.
std::string to_text(std::chrono::seconds duration);

}  // namespace persist
