#pragma once

#include <chrono>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "integration/fake_dns_message.h"
#include "integration/fake_dns_zone.h"

namespace persist::integration {

/// What the fake name server is to know and to do.
struct FakeDnsOptions {
  /// TXT text of every mode that answers well.
  std::string good_text =
      "letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890";
  bool tcp = true;             ///< false: the TCP port refuses connections
  bool keep_log = true;        ///< false for load tests
  std::string default_mode{};  ///< for every name that is not in the zone
  Zone zone{};
  std::map<std::string, Octets, std::less<>> values{};  ///< TXT values of mode file-<name>
  std::uint32_t seed = 1;                               ///< of shuffle, mixed-case and lossy-<n>
};

/// One thing sent in answer to a query: a datagram, or octets on a TCP connection.
struct ReplyPart {
  Octets octets;
  std::chrono::milliseconds delay{0};
  bool has_tcp_length = true;    ///< false: goes out on TCP without a length prefix
  bool from_other_port = false;  ///< UDP only: sent from a port that was not asked
};

struct Reply {
  std::vector<ReplyPart> parts{};
  bool close = false;  ///< TCP only: close once everything is sent
};

/// What the modes remember between queries.
struct ModeMemory {
  std::map<Octets, std::uint32_t> queries_seen{};  ///< by name, in lower case
  std::mt19937 random;
  std::chrono::steady_clock::time_point rate_second{};
  std::uint32_t rate_used = 0;  ///< queries in the second that began at `rate_second`
};

/// RFC 8914 extended error.
struct ExtendedError {
  std::uint16_t code = 0;
  std::string text{};
};

/// One query as a mode sees it.
struct Request {
  const DnsQuery& query;
  std::string_view parameter{};  ///< what the label says behind the mode's name
  std::optional<ExtendedError> extended_error{};
  const FakeDnsOptions& options;
  ModeMemory& memory;
};

/// Header, question and OPT of an answer as a healthy recursive resolver sends them.
DnsMessage message_for(const Request& request, std::uint16_t response_code = rcode::noerror);

/// `message`, cut to an empty truncated answer if it is too large for the asker's UDP.
Reply send(const Request& request, DnsMessage message);

/// `octets` as they are.
Reply send_raw(Octets octets);

DnsRecord txt_record(const Request& request, Octets rdata);
DnsRecord good_record(const Request& request);

/// Replies that several modes are made of: the good record, NODATA, NXDOMAIN, a bare response code.
/// A good reply to a query that is not for TXT is NODATA.
Reply reply_good(const Request& request);
Reply reply_nodata(const Request& request);
Reply reply_nxdomain(const Request& request);
Reply reply_rcode(const Request& request, std::uint16_t response_code);

/// The good record in a message, for modes that spoil it.
DnsMessage good_message(const Request& request);

/// The parameter as a number, or `fallback`.
std::uint32_t parameter_or(const Request& request, std::uint32_t fallback);

}  // namespace persist::integration
