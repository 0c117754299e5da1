#include <algorithm>

#include "integration/fake_dns_modes.h"
#include "integration/fake_dns_text.h"

namespace persist::integration {
namespace {

constexpr Scope txt = Scope::txt;

/// An answer of TXT records at the name asked for, one for each RDATA.
Reply records(const Request& request, const std::vector<Octets>& rdata) {
  DnsMessage message = message_for(request);
  for (const Octets& each : rdata) message.answer.push_back(txt_record(request, each));
  return send(request, std::move(message));
}

Octets good_rdata(const Request& request) {
  return good_record(request).rdata;
}

Octets foreign_rdata(std::string_view text) {
  return txt_rdata_of(octets_of(text));
}

/// `value` cut into two character-strings behind its first `size` octets, or what it has of them.
std::vector<Octets> cut(const Octets& value, std::size_t size) {
  const auto border = value.begin() + static_cast<std::ptrdiff_t>(std::min(size, value.size()));
  return {Octets(value.begin(), border), Octets(border, value.end())};
}

/// Cut inside the word accounturi.
Reply split(const Request& request) {
  const std::string& text = request.options.good_text;
  return records(request, {txt_rdata(cut(octets_of(text), text.find("accounturi") + 4))});
}

/// A further parameter with an u-umlaut, cut between its two octets.
Reply split_utf8(const Request& request) {
  const std::string text = request.options.good_text + "; note=gr\xC3\xBCn";
  return records(request, {txt_rdata(cut(octets_of(text), text.find('\xBC')))});
}

/// Filled up to 511 octets: strings of 255, 255 and 1.
Reply split_255(const Request& request) {
  std::string text = request.options.good_text + "; pad=";
  text.resize(std::max<std::size_t>(text.size(), 511), 'a');
  return records(request, {txt_rdata_of(octets_of(text))});
}

Reply zero_strings(const Request& request) {
  const auto halves = cut(octets_of(request.options.good_text), 20);
  return records(request, {txt_rdata({{}, halves[0], {}, {}, halves[1], {}})});
}

Reply empty_record(const Request& request) {
  return records(request, {Octets{0}, good_rdata(request)});
}

Reply empty_record_alone(const Request& request) {
  return records(request, {Octets{0}});
}

Reply rdlength_0(const Request& request) {
  return records(request, {Octets{}, good_rdata(request)});
}

Reply bytes(const Request& request) {
  const auto value = octets_of_hex(request.parameter);
  return value ? records(request, {txt_rdata_of(*value)}) : reply_nodata(request);
}

Reply file(const Request& request) {
  const auto value = request.options.values.find(request.parameter);
  if (value == request.options.values.end()) return reply_nodata(request);
  return records(request, {txt_rdata_of(value->second)});
}

/// The largest record that a message can hold with room to spare: 252 strings of 255 octets.
Reply big_record(const Request& request) {
  std::string text = request.options.good_text + "; pad=";
  text.resize(std::size_t{252} * 255, 'a');
  return records(request, {txt_rdata_of(octets_of(text))});
}

/// Foreign records and, last, the good one. Short ones: 4000 have to fit into 64 KiB.
Reply many(const Request& request) {
  constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::vector<Octets> rdata;
  for (std::uint32_t number = 1; number < parameter_or(request, 900); ++number) {
    rdata.push_back(foreign_rdata(
        std::string{digits[number / 1296 % 36], digits[number / 36 % 36], digits[number % 36]}));
  }
  rdata.push_back(good_rdata(request));
  return records(request, rdata);
}

/// Twelve records, the good one among them, in an order that changes with every query.
Reply shuffle(const Request& request) {
  std::vector<Octets> rdata{good_rdata(request)};
  for (char letter = 'a'; letter <= 'k'; ++letter) {
    const std::string url = std::string("https://ca.example/acct/") + letter;
    rdata.push_back(foreign_rdata("letsencrypt.org; accounturi=" + url));
  }
  std::shuffle(rdata.begin(), rdata.end(), request.memory.random);
  return records(request, rdata);
}

/// Owner names of the answer in random letter case; the question stays as it was asked.
Reply mixed_case(const Request& request) {
  DnsMessage message = good_message(request);
  for (std::uint8_t& octet : message.answer[0].owner) {
    const bool is_letter = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
    if (is_letter && request.memory.random() % 2 == 0) octet ^= 0x20;
  }
  return send(request, std::move(message));
}

constexpr Mode modes[] = {
    {"split", txt, split},
    {"split-utf8", txt, split_utf8},
    {"split-255", txt, split_255},
    {"zero-strings", txt, zero_strings},
    {"empty-record", txt, empty_record},
    {"empty-record-alone", txt, empty_record_alone},
    {"rdlength-0", txt, rdlength_0},
    {"bytes", txt, bytes},
    {"file", txt, file},
    {"big-record", txt, big_record},
    {"many", txt, many},
    {"shuffle", txt, shuffle},
    {"mixed-case", txt, mixed_case},
};

}  // namespace

std::span<const Mode> content_modes() {
  return modes;
}

}  // namespace persist::integration
