#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/name.h"

namespace persist::dns {

/// Source: IANA "Domain Name System (DNS) Parameters"; values without a name are kept as numbers.
enum class Rcode : std::uint16_t {
  noerror = 0,
  formerr = 1,
  servfail = 2,
  nxdomain = 3,
  notimp = 4,
  refused = 5,
  notauth = 9,
  badvers = 16,
};
/// `SERVFAIL`, or `RCODE11` where there is no name.
std::string to_text(Rcode rcode);

enum class RrType : std::uint16_t {
  a = 1,
  ns = 2,
  cname = 5,
  soa = 6,
  txt = 16,
  aaaa = 28,
  dname = 39,
  opt = 41,
  ds = 43,
  dnskey = 48,
  caa = 257,
};
/// `TXT`, or `TYPE65280` where there is no name.
std::string to_text(RrType type);

/// Address and port of a name server.
struct ServerAddress {
  std::array<std::uint8_t, 16> address{};  ///< IPv4 in the first four octets
  bool is_ipv6 = false;
  std::uint16_t port = 53;
  auto operator<=>(const ServerAddress&) const = default;
  bool is_loopback() const;
};
/// Reads `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`. Empty for anything
/// else.
std::optional<ServerAddress> parse_server_address(std::string_view text);
/// The same forms; the port only where it is not 53.
std::string to_text(const ServerAddress& server);

struct ResourceRecord {
  Name owner;
  RrType type;
  std::chrono::seconds ttl{};  ///< values from 2^31 count as 0. Source: RFC 2181 section 8
  std::string rdata;           ///< octets; names inside are decompressed
  bool operator==(const ResourceRecord&) const = default;
};

/// Source: RFC 8914.
struct ExtendedError {
  std::uint16_t code = 0;
  std::string text{};  ///< from outside: to be escaped
  bool operator==(const ExtendedError&) const = default;
};
/// `DNSSEC Bogus`, or `EDE 4711` where there is no name.
std::string to_name(const ExtendedError& error);
/// The answer is said to be forged, blocked, censored, filtered or prohibited (4, 15 to 18) or
/// stale (3, 19).
bool is_suspicious(const ExtendedError& error);

/// A complete and well-formed answer to our own question; everything else is a LookupError.
struct Answer {
  Rcode rcode;                ///< noerror or nxdomain
  std::vector<Name> chain{};  ///< alias targets followed, in order
  std::vector<ResourceRecord>
      rrset{};  ///< of the type asked for, at the end of the chain, in order of arrival
  std::chrono::seconds ttl{};  ///< smallest of chain and rrset; of the SOA for a negative answer
  bool authoritative = false;  ///< AA
  bool authenticated = false;  ///< AD
  bool leads_on = false;  ///< of a server that the query named: what is at the end of the chain
                          ///< is for other servers to say
  std::optional<ExtendedError> extended_error{};
  ServerAddress server;
  std::vector<std::uint8_t> octets{};  ///< the last message as received, for --save
};

/// The kinds of "could not find out".
enum class LookupErrorCode {
  timeout,        ///< no answer after all tries
  unreachable,    ///< port closed, no route, or no socket
  rcode,          ///< SERVFAIL, REFUSED or any other response code but NOERROR and NXDOMAIN
  malformed,      ///< an answer to our question that is no well-formed, complete message
  truncated,      ///< truncated, and TCP gave no whole answer
  not_recursive,  ///< a referral from a server that is no recursive resolver (RA=0, AA=0, no
                  ///< answer)
  alias_loop,     ///< an alias loop, or more than 8 steps
  stopped,        ///< the deadline of the run passed, or it was stopped, before an answer came
  local_failure,  ///< our own system refused: descriptors, memory, firewall
};
struct LookupError {
  LookupErrorCode code;
  std::optional<ServerAddress> server{};  ///< the last one asked
  Rcode rcode = Rcode::noerror;           ///< for LookupErrorCode::rcode
  std::optional<ExtendedError> extended_error{};
  std::chrono::milliseconds waited{};  ///< for timeout
  int tries = 0;                       ///< for timeout
  std::string detail{};                ///< what was malformed or which call failed; our own words
};
/// One line, everything from outside escaped: `resolver 192.0.2.1 could not get an answer
/// (SERVFAIL)`. `role` is what the server is called.
std::string explain(const LookupError& error, std::string_view role = "resolver");

}  // namespace persist::dns
