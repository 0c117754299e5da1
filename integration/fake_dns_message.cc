#include "integration/fake_dns_message.h"

#include <algorithm>
#include <cstdio>

namespace persist::integration {
namespace {

constexpr std::size_t header_size = 12;

std::uint16_t u16_at(std::span<const std::uint8_t> octets, std::size_t at) {
  return static_cast<std::uint16_t>(octets[at] << 8 | octets[at + 1]);
}

/// The uncompressed name at `at`, which is moved behind it; empty if there is none.
std::optional<Octets> read_name(std::span<const std::uint8_t> octets, std::size_t& at) {
  const std::size_t start = at;
  while (at < octets.size() && octets[at] != 0) {
    if (octets[at] > 63) return {};
    at += octets[at] + std::size_t{1};
  }
  if (at >= octets.size() || at - start >= 255) return {};
  ++at;
  return Octets(octets.begin() + static_cast<std::ptrdiff_t>(start),
                octets.begin() + static_cast<std::ptrdiff_t>(at));
}

/// The OPT record that fills everything from `at` on.
std::optional<Edns> read_edns(std::span<const std::uint8_t> octets, std::size_t at) {
  constexpr std::size_t fixed_size = 11;
  if (octets.size() - at < fixed_size || octets[at] != 0) return {};
  if (u16_at(octets, at + 1) != rr_type::opt) return {};
  if (octets.size() - at - fixed_size != u16_at(octets, at + 9)) return {};
  return Edns{.payload_size = u16_at(octets, at + 3), .dnssec_ok = (octets[at + 7] & 0x80) != 0};
}

void append(Octets& out, const Octets& more) {
  out.insert(out.end(), more.begin(), more.end());
}

void append_record(Octets& out, const DnsRecord& record, const Octets& question) {
  const bool asked_for = record.owner.size() > 1 && question.size() == record.owner.size() + 4 &&
                         std::equal(record.owner.begin(), record.owner.end(), question.begin());
  if (asked_for) {
    append_u16(out, 0xC000 | header_size);
  } else {
    append(out, record.owner);
  }
  append_u16(out, record.type);
  append_u16(out, record.dns_class);
  append_u32(out, record.ttl);
  append_u16(out, record.claimed_length.value_or(static_cast<std::uint16_t>(record.rdata.size())));
  append(out, record.rdata);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads one octet, escaped or not, and moves `text` behind it.
std::uint8_t take_octet(std::string_view& text) {
  const auto plain = static_cast<std::uint8_t>(text[0]);
  if (plain != '\\' || text.size() < 2) {
    text.remove_prefix(1);
    return plain;
  }
  if (text.size() >= 4 && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3])) {
    const int value = (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    text.remove_prefix(4);
    return static_cast<std::uint8_t>(value);
  }
  const auto escaped = static_cast<std::uint8_t>(text[1]);
  text.remove_prefix(2);
  return escaped;
}

}  // namespace

std::optional<DnsQuery> parse_query(std::span<const std::uint8_t> octets, Transport transport) {
  if (octets.size() < header_size) return {};
  const std::uint16_t flags = u16_at(octets, 2);
  constexpr std::uint16_t allowed = flag::rd | flag::ad | flag::cd;
  if ((flags & ~allowed) != 0) return {};
  const std::uint16_t additional = u16_at(octets, 10);
  if (u16_at(octets, 4) != 1 || u16_at(octets, 6) != 0 || u16_at(octets, 8) != 0) return {};
  std::size_t at = header_size;
  auto name = read_name(octets, at);
  if (!name || octets.size() - at < 4) return {};
  DnsQuery query{.id = u16_at(octets, 0),
                 .flags = flags,
                 .name = std::move(*name),
                 .type = u16_at(octets, at),
                 .dns_class = u16_at(octets, at + 2),
                 .transport = transport};
  at += 4;
  if (additional == 0) return at == octets.size() ? std::optional(query) : std::nullopt;
  query.edns = read_edns(octets, at);
  return additional == 1 && query.edns ? std::optional(query) : std::nullopt;
}

Octets encode(const DnsMessage& message) {
  constexpr std::size_t usual_size = 512;
  Octets out;
  out.reserve(usual_size);
  append_u16(out, message.id);
  append_u16(out, message.flags);
  append_u16(out, message.question.empty() ? 0 : 1);
  append_u16(out, static_cast<std::uint16_t>(static_cast<int>(message.answer.size()) +
                                             message.answer_count_error));
  append_u16(out, static_cast<std::uint16_t>(message.authority.size()));
  append_u16(out, static_cast<std::uint16_t>(message.additional.size()));
  append(out, message.question);
  for (const auto* section : {&message.answer, &message.authority, &message.additional}) {
    for (const DnsRecord& record : *section) append_record(out, record, message.question);
  }
  append(out, message.trailing);
  return out;
}

Octets encode_question(const Octets& name, std::uint16_t type, std::uint16_t dns_class) {
  Octets out = name;
  append_u16(out, type);
  append_u16(out, dns_class);
  return out;
}

void append_u16(Octets& out, std::uint16_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

void append_u32(Octets& out, std::uint32_t value) {
  append_u16(out, static_cast<std::uint16_t>(value >> 16));
  append_u16(out, static_cast<std::uint16_t>(value & 0xFFFF));
}

Octets concat(Octets first, const Octets& second) {
  append(first, second);
  return first;
}

Octets unescape(std::string_view text) {
  Octets out;
  while (!text.empty()) out.push_back(take_octet(text));
  return out;
}

Octets wire_name(std::string_view text) {
  Octets out;
  while (!text.empty() && text != ".") {
    Octets label;
    while (!text.empty() && text[0] != '.') label.push_back(take_octet(text));
    if (!text.empty()) text.remove_prefix(1);
    out.push_back(static_cast<std::uint8_t>(label.size()));
    append(out, label);
  }
  out.push_back(0);
  return out;
}

std::string name_text(const Octets& name) {
  std::string out;
  for (const std::string_view label : labels_of(name)) {
    for (const char c : label) {
      const auto octet = static_cast<std::uint8_t>(c);
      if (octet > 0x20 && octet < 0x7f && c != '.' && c != '\\') {
        out += c;
        continue;
      }
      char escaped[5];
      std::snprintf(escaped, sizeof escaped, "\\%03u", unsigned{octet});
      out += escaped;
    }
    out += '.';
  }
  return out.empty() ? "." : out;
}

std::vector<std::string_view> labels_of(const Octets& name) {
  constexpr std::size_t usual_labels = 8;
  std::vector<std::string_view> out;
  out.reserve(usual_labels);
  const auto* const text = reinterpret_cast<const char*>(name.data());
  for (std::size_t at = 0; at < name.size() && name[at] != 0; at += name[at] + std::size_t{1}) {
    out.emplace_back(text + at + 1, name[at]);
  }
  return out;
}

Octets parent_of(const Octets& name) {
  if (name[0] == 0) return name;
  return {name.begin() + 1 + name[0], name.end()};
}

Octets lower_case(Octets name) {
  for (auto& octet : name) {
    if (octet >= 'A' && octet <= 'Z') octet = static_cast<std::uint8_t>(octet + ('a' - 'A'));
  }
  return name;
}

Octets txt_rdata(const std::vector<Octets>& strings) {
  Octets out;
  for (const Octets& string : strings) {
    out.push_back(static_cast<std::uint8_t>(string.size()));
    append(out, string);
  }
  return out;
}

Octets txt_rdata_of(const Octets& value) {
  constexpr std::ptrdiff_t longest = 255;
  Octets out;
  out.reserve(value.size() + value.size() / longest + 1);
  auto at = value.begin();
  do {
    const auto end = at + std::min(longest, value.end() - at);
    out.push_back(static_cast<std::uint8_t>(end - at));
    out.insert(out.end(), at, end);
    at = end;
  } while (at != value.end());
  return out;
}

Octets octets_of(std::string_view text) {
  return {text.begin(), text.end()};
}

}  // namespace persist::integration
