#pragma once

#include <string>
#include <string_view>

namespace persist::acme {

/// True for a URL to which requests go: `https://`, a host, no user name, only octets that may
/// stand in a URI, so that it needs no escaping in JSON or in a header. Source: RFC 8555
/// section 6.1, RFC 3986 section 2.
bool is_https_url(std::string_view text);

/// Scheme, host and port of such a URL, in lower case and without the port 443. Source: RFC 6454
/// section 4.
std::string origin_of(std::string_view https_url);

}  // namespace persist::acme
