#pragma once

#include <string_view>

namespace persist::report {

/// True if a TXT value may be shown: it is a domain name of two labels or more, alone or before a
/// `;`, or it has one of the method's tags before a `=`, near misses included; `policy` and
/// `account`, which others use too, only before `wildcard` and a URL.
///
/// Any other value may be a secret of another service or, behind an alias, of an internal zone, and
/// reports are public: of those only the count and the length are shown.
bool is_of_this_method(std::string_view text);

}  // namespace persist::report
