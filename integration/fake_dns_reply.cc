#include "integration/fake_dns_reply.h"

#include <algorithm>

#include "integration/fake_dns_text.h"

namespace persist::integration {
namespace {

constexpr std::uint16_t our_payload_size = 1232;

DnsRecord opt_record(const Request& request) {
  Octets options;
  if (request.extended_error) {
    append_u16(options, 15);  // RFC 8914 section 2
    append_u16(options, static_cast<std::uint16_t>(2 + request.extended_error->text.size()));
    append_u16(options, request.extended_error->code);
    options = concat(options, octets_of(request.extended_error->text));
  }
  return {.owner = {0},
          .type = rr_type::opt,
          .rdata = options,
          .ttl = request.query.edns->dnssec_ok ? 0x8000U : 0U,
          .dns_class = our_payload_size};
}

std::size_t size_limit(const DnsQuery& query) {
  if (query.transport == Transport::tcp) return 65535;
  return query.edns ? std::max<std::size_t>(query.edns->payload_size, 512) : 512;
}

}  // namespace

DnsMessage message_for(const Request& request, std::uint16_t response_code) {
  const DnsQuery& query = request.query;
  const auto copied = static_cast<std::uint16_t>(query.flags & (flag::rd | flag::cd));
  // Who is asked without recursion is one of the zone's own servers.
  const std::uint16_t by_whom = copied & flag::rd ? flag::ra : flag::aa;
  DnsMessage message{
      .id = query.id,
      .flags = static_cast<std::uint16_t>(flag::qr | by_whom | copied | response_code),
      .question = encode_question(query.name, query.type, query.dns_class)};
  if (query.edns) message.additional.push_back(opt_record(request));
  return message;
}

Reply send(const Request& request, DnsMessage message) {
  Octets octets = encode(message);
  if (octets.size() > size_limit(request.query)) {
    message.flags |= flag::tc;
    message.answer.clear();
    message.authority.clear();
    octets = encode(message);
  }
  return send_raw(std::move(octets));
}

Reply send_raw(Octets octets) {
  Reply reply;
  reply.parts.push_back({.octets = std::move(octets)});
  return reply;
}

DnsRecord txt_record(const Request& request, Octets rdata) {
  return {.owner = request.query.name, .type = rr_type::txt, .rdata = std::move(rdata)};
}

DnsRecord good_record(const Request& request) {
  return txt_record(request, txt_rdata_of(octets_of(request.options.good_text)));
}

Reply reply_good(const Request& request) {
  if (request.query.type != rr_type::txt) return reply_nodata(request);
  return send(request, good_message(request));
}

Reply reply_nodata(const Request& request) {
  DnsMessage message = message_for(request);
  message.authority.push_back(soa_record_for(request.query.name));
  return send(request, std::move(message));
}

Reply reply_nxdomain(const Request& request) {
  DnsMessage message = message_for(request, rcode::nxdomain);
  message.authority.push_back(soa_record_for(request.query.name));
  return send(request, std::move(message));
}

Reply reply_rcode(const Request& request, std::uint16_t response_code) {
  return send(request, message_for(request, response_code));
}

DnsMessage good_message(const Request& request) {
  DnsMessage message = message_for(request);
  message.answer.push_back(good_record(request));
  return message;
}

std::uint32_t parameter_or(const Request& request, std::uint32_t fallback) {
  return number_of(request.parameter).value_or(fallback);
}

}  // namespace persist::integration
