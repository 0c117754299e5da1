#pragma once

#include "dns/answer.h"

namespace persist::dns {

/// True if the address is one of the public Internet's hosts, so that a question to it can reach
/// nothing inside the network of whoever asks. False for loopback, private, link-local, shared
/// (CGNAT), documentation, benchmark, multicast and reserved addresses, and for IPv6 addresses that
/// stand for IPv4 ones (mapped, NAT64, 6to4, Teredo), which a translator could lead anywhere.
/// Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), column "Globally
/// Reachable"; RFC 4291 section 2.4.
bool is_global(const ServerAddress& server);

}  // namespace persist::dns
