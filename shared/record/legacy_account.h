#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace persist::record {

/// True for an account URL as ACME v1 had them, `/acme/reg/N`; records of this method never have
/// one.
bool is_legacy_account_url(std::string_view url);

/// The same account's URL today, where it is known how the CA made the one into the other; empty if
/// it is not. Source: Let's Encrypt's Boulder, which takes both forms with the same number for the
/// same account.
std::optional<std::string> to_current_account_url(std::string_view url);

}  // namespace persist::record
