#include "integration/fake_dns_modes.h"

namespace persist::integration {
namespace {

constexpr Scope txt = Scope::txt;
constexpr Scope all = Scope::all;

bool over_udp(const Request& request) {
  return request.query.transport == Transport::udp;
}

Reply silence(const Request&) {
  return {};
}

/// The first queries for a name are lost, one or as many as asked for.
Reply lose(const Request& request) {
  std::uint32_t& seen = request.memory.queries_seen[lower_case(request.query.name)];
  return ++seen > parameter_or(request, 1) ? reply_good(request) : silence(request);
}

/// A truncated answer; `message` is what got into it.
Reply truncated(const Request& request, DnsMessage message) {
  message.flags |= flag::tc;
  return send(request, std::move(message));
}

DnsMessage foreign_message(const Request& request) {
  DnsMessage message = message_for(request);
  message.answer.push_back(txt_record(request, txt_rdata_of(octets_of("v=spf1 -all"))));
  return message;
}

Reply tc(const Request& request) {
  return over_udp(request) ? truncated(request, message_for(request)) : reply_good(request);
}

Reply tc_udp_good(const Request& request) {
  return over_udp(request) ? truncated(request, good_message(request))
                           : send(request, foreign_message(request));
}

Reply tc_tcp_good(const Request& request) {
  return over_udp(request) ? truncated(request, foreign_message(request)) : reply_good(request);
}

// ---- over UDP these are truncated; over TCP they fail in one way each

template <Reply (*over_tcp)(const Request&)>
Reply after_truncation(const Request& request) {
  return over_udp(request) ? truncated(request, message_for(request)) : over_tcp(request);
}

Octets framed(const Octets& octets) {
  Octets out;
  append_u16(out, static_cast<std::uint16_t>(octets.size()));
  return concat(out, octets);
}

/// Octets as they are on the TCP stream, then the end of the connection.
Reply stream_and_close(Octets octets) {
  Reply reply = send_raw(std::move(octets));
  reply.parts[0].has_tcp_length = false;
  reply.close = true;
  return reply;
}

Reply close_at_once(const Request&) {
  return {.close = true};
}

Reply half(const Request& request) {
  Octets octets = framed(encode(good_message(request)));
  octets.resize(octets.size() / 2);
  return stream_and_close(std::move(octets));
}

Reply length_zero(const Request& request) {
  return stream_and_close(concat({0, 0}, encode(good_message(request))));
}

Reply length_too_long(const Request& request) {
  Octets octets = framed(encode(good_message(request)));
  octets[0] = 0x40;
  return stream_and_close(std::move(octets));
}

/// One octet a second.
Reply drip(const Request& request) {
  Reply reply;
  std::chrono::seconds delay{0};
  for (const std::uint8_t octet : framed(encode(good_message(request)))) {
    reply.parts.push_back({.octets = {octet}, .delay = delay, .has_tcp_length = false});
    ++delay;
  }
  return reply;
}

/// 4096 octets of good answer over UDP, whatever the asker can take.
Reply udp_4k(const Request& request) {
  DnsMessage message = message_for(request);
  const std::size_t room = 4096 - encode(message).size() - 12;  // owner pointer to RDLENGTH
  std::string text = request.options.good_text + "; pad=";
  text.resize(room - (room + 255) / 256, 'a');  // each string has its length octet
  message.answer.push_back(txt_record(request, txt_rdata_of(octets_of(text))));
  return send_raw(encode(message));
}

/// The good answer, three seconds late or as many milliseconds as asked for.
Reply late(const Request& request) {
  Reply reply = reply_good(request);
  const std::chrono::milliseconds delay{parameter_or(request, 3000)};
  for (ReplyPart& part : reply.parts) part.delay = delay;
  return reply;
}

bool happens(const Request& request, std::uint32_t percent) {
  return request.memory.random() % 100 < percent;
}

/// Loses queries and answers, delays answers by up to 20 ms, so that they overtake each other,
/// doubles 5 % of them and forges 5 % before the real one: some with another id, some for another
/// question.
Reply lossy_path(const Request& request, Reply real) {
  const std::uint32_t percent = parameter_or(request, 5);
  Reply reply;
  if (over_udp(request) && happens(request, percent)) return reply;
  if (happens(request, 5)) {
    DnsMessage forged = message_for(request, rcode::nxdomain);
    if (happens(request, 50)) {
      forged.id ^= 0x5555;
    } else {
      forged.question[1] ^= 1;  // the first letter of the name
    }
    reply = send(request, std::move(forged));
  }
  if (over_udp(request) && happens(request, percent)) return reply;
  real.parts[0].delay = std::chrono::milliseconds{request.memory.random() % 20};
  reply.parts.push_back(real.parts[0]);
  if (over_udp(request) && happens(request, 5)) reply.parts.push_back(real.parts[0]);
  return reply;
}

Reply lossy(const Request& request) {
  return lossy_path(request, reply_good(request));
}

Reply lossy_nxdomain(const Request& request) {
  return lossy_path(request, send(request, message_for(request, rcode::nxdomain)));
}

/// Answers so many queries a second and drops the rest.
Reply rate(const Request& request) {
  ModeMemory& memory = request.memory;
  const auto now = std::chrono::steady_clock::now();
  if (now - memory.rate_second >= std::chrono::seconds{1}) {
    memory.rate_second = now;
    memory.rate_used = 0;
  }
  return ++memory.rate_used > parameter_or(request, 1000) ? silence(request) : reply_good(request);
}

constexpr Mode modes[] = {
    {"silent", all, silence},
    {"lose", txt, lose},
    {"tc", txt, tc},
    {"tc-partial", txt, tc_udp_good},
    {"tc-partial-udp-good", txt, tc_udp_good},
    {"tc-partial-tcp-good", txt, tc_tcp_good},
    {"tcp-hang", txt, after_truncation<silence>},
    {"tcp-close", txt, after_truncation<close_at_once>},
    {"tcp-half", txt, after_truncation<half>},
    {"tcp-zero", txt, after_truncation<length_zero>},
    {"tcp-long", txt, after_truncation<length_too_long>},
    {"tcp-drip", txt, after_truncation<drip>},
    {"udp-4k", txt, udp_4k},
    {"late", txt, late},
    {"lossy", all, lossy},
    {"lossy-nxdomain", all, lossy_nxdomain},
    {"rate", all, rate},
};

}  // namespace

std::span<const Mode> transport_modes() {
  return modes;
}

}  // namespace persist::integration
