#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/unix_time.h"

namespace persist::acme {

/// How long a `Retry-After` asks to wait, from `now` on: seconds, or an IMF-fixdate. Nothing
/// shorter than a second, a date in the past included; no more than 100 years. Empty for anything
/// else, negative numbers and the dates of older revisions included. Source: RFC 9110
/// section 10.2.3.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, UnixTime now);

}  // namespace persist::acme
