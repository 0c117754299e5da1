#pragma once

#include <string_view>

namespace persist::rules {

/// True if two URIs differ by nothing but case, scheme, port, escapes, brackets round them,
/// slashes, a final dot or comma, or a fragment: for people the same, for a CA not. Source: RFC
/// 3986 section 6.2, draft-ietf-acme-dns-persist-02 section 4.1 (simple string comparison).
bool is_same_spelt_differently(std::string_view found, std::string_view expected);

}  // namespace persist::rules
