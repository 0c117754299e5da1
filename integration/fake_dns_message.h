#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// DNS messages as the fake name server reads and writes them. On purpose nothing of this is shared
/// with the library under test: a server built on its code would repeat its mistakes.
namespace persist::integration {

using Octets = std::vector<std::uint8_t>;

namespace rr_type {
inline constexpr std::uint16_t ns = 2, cname = 5, soa = 6, txt = 16, dname = 39, opt = 41,
                               caa = 257;
}
namespace rcode {
inline constexpr std::uint16_t noerror = 0, formerr = 1, servfail = 2, nxdomain = 3, notimp = 4,
                               refused = 5;
}
namespace flag {
inline constexpr std::uint16_t qr = 0x8000, aa = 0x0400, tc = 0x0200, rd = 0x0100, ra = 0x0080,
                               ad = 0x0020, cd = 0x0010;
}

enum class Transport { udp, tcp };

struct Edns {
  std::uint16_t payload_size = 0;
  bool dnssec_ok = false;
};

/// A query, read strictly: QR=0, opcode 0, one question, nothing else but at most one OPT record.
struct DnsQuery {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;
  Octets name;  ///< wire form, letter case as received
  std::uint16_t type = 0;
  std::uint16_t dns_class = 1;
  std::optional<Edns> edns{};
  Transport transport = Transport::udp;
};

/// Empty for whatever is not a well-formed query.
std::optional<DnsQuery> parse_query(std::span<const std::uint8_t> octets, Transport transport);

struct DnsRecord {
  Octets owner;  ///< octets as they are to be sent; the question's name becomes a pointer to it
  std::uint16_t type = 0;
  Octets rdata;
  std::uint32_t ttl = 300;
  std::uint16_t dns_class = 1;
  std::optional<std::uint16_t> claimed_length{};  ///< a wrong RDLENGTH
};

/// A message as it is to be sent, broken ones included.
struct DnsMessage {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;
  Octets question;  ///< whole question section; empty: QDCOUNT is 0
  std::vector<DnsRecord> answer{}, authority{}, additional{};
  int answer_count_error = 0;  ///< what ANCOUNT says too much or too little
  Octets trailing{};           ///< octets after the last record
};

Octets encode(const DnsMessage& message);

/// The question section that asks for `name`.
Octets encode_question(const Octets& name, std::uint16_t type, std::uint16_t dns_class);

void append_u16(Octets& out, std::uint16_t value);
void append_u32(Octets& out, std::uint32_t value);
Octets concat(Octets first, const Octets& second);

/// Text with `\DDD` and `\x` escapes (RFC 1035 section 5.1) as octets.
Octets unescape(std::string_view text);

/// `a.b.` or `a.b` (always absolute) in wire form; escapes as in `unescape`.
Octets wire_name(std::string_view text);

/// `name` as text with a final dot; dots in labels and octets outside 0x21..0x7e as `\DDD`.
std::string name_text(const Octets& name);

/// The labels of `name` from the left, raw, without the root. They are part of `name`.
std::vector<std::string_view> labels_of(const Octets& name);

/// `name` without its first label; the root stays the root.
Octets parent_of(const Octets& name);

/// ASCII capitals lowered. Length octets are at most 63 and so stay what they are.
Octets lower_case(Octets name);

/// RDATA of a TXT record of these character-strings, each at most 255 octets.
Octets txt_rdata(const std::vector<Octets>& strings);

/// RDATA of a TXT record that holds `value` in as many full character-strings as it needs.
Octets txt_rdata_of(const Octets& value);

Octets octets_of(std::string_view text);

}  // namespace persist::integration
