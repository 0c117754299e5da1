#include "integration/fake_dns_modes.h"

namespace persist::integration {
namespace {

constexpr Scope txt = Scope::txt;
constexpr Scope all = Scope::all;

template <std::uint16_t response_code>
Reply bare(const Request& request) {
  return reply_rcode(request, response_code);
}

Reply any_rcode(const Request& request) {
  return reply_rcode(request, static_cast<std::uint16_t>(parameter_or(request, 0) & 0xF));
}

/// FORMERR, with nothing but the header, for a query with EDNS; a server from before RFC 6891.
Reply formerr_edns(const Request& request) {
  if (!request.query.edns) return reply_good(request);
  DnsMessage message = message_for(request, rcode::formerr);
  message.additional.clear();
  return send(request, std::move(message));
}

/// SERVFAIL with an extended error whose text would like to reach a terminal and a CI log.
Reply servfail_hostile(const Request& request) {
  Request changed = request;
  changed.extended_error = {22, "no\x1b[2Jway\r\n::error::reach \"ns1\""};
  return reply_rcode(changed, rcode::servfail);
}

/// A server that is no resolver: NOERROR, neither authoritative nor recursive, a referral upwards.
Reply lame(const Request& request) {
  DnsMessage message = message_for(request);
  message.flags = static_cast<std::uint16_t>(message.flags & ~flag::ra);
  message.authority.push_back(
      {.owner = wire_name("test"), .type = rr_type::ns, .rdata = wire_name("ns.nic.test")});
  return send(request, std::move(message));
}

Reply claims_dnssec(const Request& request) {
  DnsMessage message = good_message(request);
  message.flags |= flag::ad;
  return send(request, std::move(message));
}

Reply ttl(const Request& request) {
  DnsMessage message = good_message(request);
  message.answer[0].ttl = parameter_or(request, 300);
  return send(request, std::move(message));
}

Reply ttl_max(const Request& request) {
  DnsMessage message = good_message(request);
  message.answer[0].ttl = 0xFFFFFFFF;
  return send(request, std::move(message));
}

/// What a resolver says that answers everything with the same unrelated text.
Reply wildcard_txt(const Request& request) {
  DnsMessage message = message_for(request);
  message.answer.push_back(txt_record(request, txt_rdata_of(octets_of("v=spf1 -all"))));
  return send(request, std::move(message));
}

Reply class_chaos(const Request& request) {
  DnsMessage message = good_message(request);
  message.answer[0].dns_class = 3;
  return send(request, std::move(message));
}

Reply foreign_owner(const Request& request) {
  DnsMessage message = good_message(request);
  message.answer[0].owner = wire_name("_validation-persist.elsewhere.test");
  return send(request, std::move(message));
}

constexpr Mode modes[] = {
    {"ok", txt, reply_good},
    {"stale", txt, reply_good},  // stale-ede-3: an old answer of a resolver that got no new one
    {"nxdomain", txt, reply_nxdomain},
    {"nxdomain-no-soa", txt, bare<rcode::nxdomain>},
    {"nodata", txt, reply_nodata},
    {"nodata-no-soa", txt, bare<rcode::noerror>},
    {"formerr", txt, bare<rcode::formerr>},
    {"servfail", txt, bare<rcode::servfail>},
    {"servfail-ede", txt, servfail_hostile},
    {"notimp", txt, bare<rcode::notimp>},
    {"refused", txt, bare<rcode::refused>},
    {"rcode", txt, any_rcode},
    {"formerr-edns", all, formerr_edns},
    {"lame", all, lame},
    {"ad", txt, claims_dnssec},
    {"ttl", txt, ttl},
    {"ttl-max", txt, ttl_max},
    {"wildcard-txt", txt, wildcard_txt},
    {"class-ch", txt, class_chaos},
    {"foreign-owner", txt, foreign_owner},
};

}  // namespace

std::span<const Mode> answer_modes() {
  return modes;
}

}  // namespace persist::integration
