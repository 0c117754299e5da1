#include <algorithm>

#include "integration/fake_dns_modes.h"

namespace persist::integration {
namespace {

constexpr Scope txt = Scope::txt;

constexpr std::size_t question_name_offset = 12;

Octets pointer_to(std::size_t offset) {
  Octets out;
  append_u16(out, static_cast<std::uint16_t>(0xC000 | offset));
  return out;
}

/// Where the first record of an answer to this question begins.
std::size_t first_record_offset(const DnsMessage& message) {
  return question_name_offset + message.question.size();
}

DnsRecord foreign_record(const Request& request) {
  return txt_record(request, txt_rdata_of(octets_of("v=spf1 -all")));
}

// ---- messages that are not an answer to the query

Reply bad_id(const Request& request) {
  DnsMessage message = good_message(request);
  message.id ^= 0x5555;
  return send(request, std::move(message));
}

/// The good record, but question and owner are another name.
Reply bad_question(const Request& request) {
  DnsMessage message = good_message(request);
  const Octets other = wire_name("_validation-persist.elsewhere.test");
  message.question = encode_question(other, request.query.type, request.query.dns_class);
  message.answer[0].owner = other;
  return send(request, std::move(message));
}

Reply no_question(const Request& request) {
  DnsMessage message = good_message(request);
  message.question.clear();
  return send(request, std::move(message));
}

Reply qr_0(const Request& request) {
  DnsMessage message = good_message(request);
  message.flags = static_cast<std::uint16_t>(message.flags & ~flag::qr);
  return send(request, std::move(message));
}

Reply bad_source(const Request& request) {
  Reply reply = reply_good(request);
  for (ReplyPart& part : reply.parts) part.from_other_port = true;
  return reply;
}

Reply empty_message(const Request&) {
  return send_raw({});
}

/// The first octets of the good answer: 11, one less than a header has, or as many as asked for.
Reply short_message(const Request& request) {
  Octets octets = encode(good_message(request));
  octets.resize(std::min<std::size_t>(parameter_or(request, 11), octets.size()));
  return send_raw(std::move(octets));
}

// ---- messages that break off or do not add up

/// The good answer without its last ten octets, TC=0.
Reply partial(const Request& request) {
  DnsMessage message = good_message(request);
  message.additional.clear();
  Octets octets = encode(message);
  octets.resize(octets.size() - 10);
  return send_raw(std::move(octets));
}

/// The good record, then one whose character-string is longer than its RDATA.
Reply txt_overrun(const Request& request) {
  DnsMessage message = good_message(request);
  Octets rdata = octets_of(" ten octets");
  rdata[0] = 200;
  message.answer.push_back(txt_record(request, std::move(rdata)));
  return send(request, std::move(message));
}

/// The good record, then one whose RDATA is longer than the message.
Reply rdlength_overrun(const Request& request) {
  DnsMessage message = good_message(request);
  DnsRecord record = foreign_record(request);
  record.claimed_length = 60000;
  message.answer.push_back(std::move(record));
  return send(request, std::move(message));
}

Reply count_high(const Request& request) {
  DnsMessage message = good_message(request);
  message.answer_count_error = 1;
  return send(request, std::move(message));
}

/// Two records and ANCOUNT 1: what remains reads as one more whole record.
Reply count_low(const Request& request) {
  DnsMessage message = good_message(request);
  message.answer.push_back(foreign_record(request));
  message.answer_count_error = -1;
  return send(request, std::move(message));
}

Reply trailing(const Request& request) {
  DnsMessage message = good_message(request);
  message.trailing = {0xDE, 0xAD, 0xBE, 0xEF, 0xFF};
  return send(request, std::move(message));
}

// ---- compression pointers

Reply pointer_loop(const Request& request) {
  DnsMessage message = good_message(request);
  message.answer[0].owner = pointer_to(first_record_offset(message));
  return send(request, std::move(message));
}

/// The owner points forward, to a whole name in the RDATA behind it.
Reply pointer_forward(const Request& request) {
  DnsMessage message = message_for(request);
  constexpr std::size_t fixed_size = 12;  // pointer, type, class, TTL, RDLENGTH
  DnsRecord record = good_record(request);
  record.owner = pointer_to(first_record_offset(message) + fixed_size);
  record.rdata = request.query.name;
  message.answer = {std::move(record)};
  return send(request, std::move(message));
}

/// The owner is reached over 100 pointers, each to the one before it, kept in an unknown record.
Reply pointer_hops(const Request& request) {
  DnsMessage message = message_for(request);
  constexpr std::size_t fixed_size = 12;
  constexpr std::size_t hops = 100;
  const std::size_t first = first_record_offset(message) + fixed_size;
  Octets pointers = pointer_to(question_name_offset);
  for (std::size_t hop = 1; hop < hops; ++hop) {
    pointers = concat(pointers, pointer_to(first + 2 * (hop - 1)));
  }
  DnsRecord holder{.owner = request.query.name, .type = 65280, .rdata = std::move(pointers)};
  DnsRecord record = good_record(request);
  record.owner = pointer_to(first + 2 * (hops - 1));
  message.answer = {std::move(holder), std::move(record)};
  return send(request, std::move(message));
}

constexpr Mode modes[] = {
    {"bad-id", txt, bad_id},
    {"bad-question", txt, bad_question},
    {"bad-source", txt, bad_source},
    {"no-question", txt, no_question},
    {"qr-0", txt, qr_0},
    {"empty", txt, empty_message},
    {"short", txt, short_message},
    {"partial", txt, partial},
    {"txt-overrun", txt, txt_overrun},
    {"rdlength-overrun", txt, rdlength_overrun},
    {"count-high", txt, count_high},
    {"count-low", txt, count_low},
    {"trailing", txt, trailing},
    {"pointer-loop", txt, pointer_loop},
    {"pointer-forward", txt, pointer_forward},
    {"pointer-hops", txt, pointer_hops},
};

}  // namespace

std::span<const Mode> broken_modes() {
  return modes;
}

}  // namespace persist::integration
