#pragma once

#include <string_view>

namespace persist::report {

/// True if a TXT value may be shown: it begins like a record of this method (a domain name of two
/// labels or more, then a blank, `;` or the end) or has one of the method's tags before a `=`, near
/// misses included.
///
/// Any other value may be a secret of another service or, behind an alias, of an internal zone, and
/// reports are public: of those only the count and the length are shown.
bool is_of_this_method(std::string_view text);

}  // namespace persist::report
