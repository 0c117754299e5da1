#pragma once

#include <string_view>
#include <vector>

#include "dns/answer.h"

namespace persist::dns {

/// The name servers of a resolv.conf text, in its order; every other line is ignored, and so is a
/// `nameserver` line without an address that can be read (a scoped IPv6 address is one of those).
/// An empty list means that there is no usable resolver: no server is ever made up.
std::vector<ServerAddress> parse_resolv_conf(std::string_view text);

}  // namespace persist::dns
