// A DNS message: read as an answer, and given to a lookup until that has an outcome.
#include <algorithm>
#include <string>
#include <vector>

#include "dns/lookup.h"
#include "dns/message.h"
#include "require.h"

namespace {

using namespace persist::dns;
using persist::fuzzing::require;

constexpr std::uint16_t id = 0x1234;
constexpr RrType types[] = {RrType::txt, RrType::caa,  RrType::ns, RrType::soa,
                            RrType::a,   RrType::aaaa, RrType::ds, RrType::dnskey};

/// Header and question of an answer, compared in another way than the reader does it.
bool is_answer_to(Octets octets, const Question& question) {
  QueryBuffer buffer;
  const auto query = write_query(buffer, question, {.id = id, .edns = false});
  if (octets.size() < query.size()) return false;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const bool is_name = i >= header_octets && i < query.size() - 4;
    const bool is_upper = octets[i] >= 'A' && octets[i] <= 'Z';
    const int octet = is_name && is_upper ? octets[i] + 0x20 : octets[i];
    const bool may_differ = i == 3 || (i > 5 && i < header_octets);
    if (i == 2 ? (octet & 0xF8) != 0x80 : !may_differ && octet != query[i]) return false;
  }
  return true;
}

void check_name(const Name& name) {
  require(Name::parse(name.to_text()) == name);
  require(Name::from_wire(name.wire()) == name);
}

void check_message(const Message& message, const Question& question) {
  require(message.chain.size() <= most_alias_steps + 1);
  for (const Name& target : message.chain) check_name(target);
  const Name& end = message.chain.empty() ? question.owner : message.chain.back();
  require(message.rrset.empty() || message.rcode == Rcode::noerror);
  require(message.rrset.empty() || !(message.is_negative || message.is_referral));
  for (const ResourceRecord& record : message.rrset) {
    require(record.owner == end && record.type == question.type);
    require(record.ttl.count() >= 0 && record.ttl.count() <= 0x7FFFFFFF);
    require(question.type != RrType::txt || txt_of(record).has_value());
  }
}

void check_reading(Octets octets, const Question& question) {
  const Reading reading = read_message(octets, id, question);
  if (reading.kind == Reading::Kind::not_ours) return;
  require(is_answer_to(octets, question));
  require(reading.fault.empty() == (reading.kind != Reading::Kind::malformed));
  if (reading.kind != Reading::Kind::complete) return;
  check_message(reading.message, question);
  // What is believed of a part is what the whole says.
  const Reading part = read_message(octets.first(octets.size() - octets.size() / 8), id, question);
  if (part.kind == Reading::Kind::complete) require(part.message.rrset == reading.message.rrset);
}

/// The message with the question that the lookup asks.
std::vector<std::uint8_t> answer_to(const Lookup& lookup, Octets octets, const Question& first) {
  const auto header = octets.first(std::min(octets.size(), header_octets));
  std::vector<std::uint8_t> answer(header.begin(), header.end());
  const std::string& wire = lookup.question().owner.wire();
  answer.insert(answer.end(), wire.begin(), wire.end());
  const std::size_t rest = header_octets + first.owner.wire().size();
  if (octets.size() > rest) {
    answer.insert(answer.end(), octets.begin() + static_cast<std::ptrdiff_t>(rest), octets.end());
  }
  return answer;
}

void check_lookup(Octets octets, const Question& question, const ResolverSettings& settings) {
  Lookup lookup({.owner = question.owner, .type = question.type, .token = 1}, settings);
  // Each step of an alias may be asked with and without EDNS, over UDP and TCP; more is a loop.
  constexpr int most_messages = 64;
  int messages = 0;
  for (auto next = Lookup::Next::ask; next != Lookup::Next::done; ++messages) {
    require(messages < most_messages);
    const auto answer = answer_to(lookup, octets, question);
    const Question asked = lookup.question();
    next = lookup.on_message(id, answer);
    if (next == Lookup::Next::wait) next = lookup.on_silence(settings.try_timeout);
    if (next != Lookup::Next::done) continue;
    const auto result = lookup.result();
    if (!result) {
      require(persist::fuzzing::is_plain_line(explain(result.error())));
      return;
    }
    require(result->octets == answer && is_answer_to(answer, asked));
    require(result->rcode == Rcode::noerror || result->rcode == Rcode::nxdomain);
    require(result->chain.size() <= most_alias_steps);
  }
}

}  // namespace

/// The first octet chooses the type that is asked for; the rest is the message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const ResolverSettings settings{
      .servers = {*parse_server_address("192.0.2.1"), *parse_server_address("192.0.2.2")}};
  const Question question{*Name::parse("a.example"), types[data[0] % std::size(types)]};
  const Octets octets(data + 1, size - 1);
  check_reading(octets, question);
  check_lookup(octets, question, settings);
  return 0;
}
