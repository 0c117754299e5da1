#include "integration/fake_dns_modes.h"

namespace persist::integration {
namespace {

constexpr Scope txt = Scope::txt;
constexpr std::string_view good_target = "target.ok.fault.test";

DnsRecord cname(Octets owner, Octets target) {
  return {.owner = std::move(owner), .type = rr_type::cname, .rdata = std::move(target)};
}

DnsRecord good_record_at(const Request& request, Octets owner) {
  DnsRecord record = good_record(request);
  record.owner = std::move(owner);
  return record;
}

/// An answer that holds these records only.
Reply answer(const Request& request, std::vector<DnsRecord> records) {
  DnsMessage message = message_for(request);
  message.answer = std::move(records);
  return send(request, std::move(message));
}

Reply whole(const Request& request) {
  const Octets target = wire_name(good_target);
  return answer(request, {cname(request.query.name, target), good_record_at(request, target)});
}

Reply partial(const Request& request) {
  return answer(request, {cname(request.query.name, wire_name(good_target))});
}

Reply loop(const Request& request) {
  const Octets other = wire_name("other.cname-loop.fault.test");
  return answer(request, {cname(request.query.name, other), cname(other, request.query.name)});
}

Reply self(const Request& request) {
  return answer(request, {cname(request.query.name, request.query.name)});
}

Octets step_name(std::uint32_t step, std::string_view rest) {
  return wire_name("step-" + std::to_string(step) + std::string(rest));
}

/// As many aliases as the parameter says, all in one answer, the good record at their end.
Reply chain(const Request& request) {
  std::vector<DnsRecord> records;
  Octets owner = request.query.name;
  for (std::uint32_t step = parameter_or(request, 40); step > 0; --step) {
    const Octets target = step_name(step, ".chain.fault.test");
    records.push_back(cname(owner, target));
    owner = target;
  }
  records.push_back(good_record_at(request, owner));
  return answer(request, std::move(records));
}

/// The same, one alias an answer.
Reply steps(const Request& request) {
  const std::uint32_t left = parameter_or(request, 40);
  if (left == 0) return reply_good(request);
  const std::string mode = "cname-steps-" + std::to_string(left - 1);
  return answer(request, {cname(request.query.name, wire_name("at." + mode + ".fault.test"))});
}

Reply to_nowhere(const Request& request) {
  DnsMessage message = message_for(request, rcode::nxdomain);
  const Octets target = wire_name("target.nxdomain.fault.test");
  message.answer = {cname(request.query.name, target)};
  message.authority = {soa_record_for(target)};
  return send(request, std::move(message));
}

/// DNAME at the parent of the name asked for, and the alias made from it (RFC 6672 section 3.1).
Reply dname(const Request& request) {
  const Octets& name = request.query.name;
  const Octets label(name.begin(), name.begin() + 1 + name[0]);
  const Octets target = wire_name("ok.fault.test");
  const Octets alias = concat(label, target);
  DnsRecord record{.owner = parent_of(name), .type = rr_type::dname, .rdata = target};
  return answer(request, {std::move(record), cname(name, alias), good_record_at(request, alias)});
}

constexpr Mode modes[] = {
    {"cname", txt, whole},
    {"cname-partial", txt, partial},
    {"cname-loop", txt, loop},
    {"cname-self", txt, self},
    {"cname-chain", txt, chain},
    {"cname-steps", txt, steps},
    {"cname-nxdomain", txt, to_nowhere},
    {"dname", txt, dname},
};

}  // namespace

std::span<const Mode> alias_modes() {
  return modes;
}

}  // namespace persist::integration
