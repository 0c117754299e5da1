#pragma once

#include <string>
#include <string_view>

#include "acme/account_key.h"

namespace persist::acme {

/// The content type of both bodies below. Source: RFC 8555 section 6.2.
inline constexpr std::string_view signed_content_type = "application/jose+json";

/// Where a signed request goes. Source: RFC 8555 section 6.4 and 6.5.
struct SignedTarget {
  std::string url;    ///< an https:// URL, as is_https_url has it
  std::string nonce;  ///< as is_nonce has it
};

/// True for the alphabet of base64url, at least one and at most 1024 octets. Source: RFC 8555
/// section 6.5.1.
bool is_nonce(std::string_view text);

/// The body of the only newAccount request that can be made here: which account has this key? It
/// can create none, because its payload is a constant with `onlyReturnExisting`. Errors:
/// cannot_sign. Source: RFC 8555 section 7.3.1.
Expected<std::string, KeyError> which_account_body(const AccountKey& key,
                                                   const SignedTarget& target);

/// The body of a POST-as-GET in the name of an account: its payload is empty, so that it changes
/// nothing. Errors: cannot_sign. Source: RFC 8555 section 6.3.
Expected<std::string, KeyError> post_as_get_body(const AccountKey& key, const SignedTarget& target,
                                                 std::string_view account_url);

}  // namespace persist::acme
