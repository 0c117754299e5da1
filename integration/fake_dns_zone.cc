#include "integration/fake_dns_zone.h"

#include "integration/fake_dns_text.h"

namespace persist::integration {
namespace {

struct Word {
  std::string text;  ///< escapes still in it
  bool quoted = false;
};

/// The words of a line; a quoted one may hold blanks and `\"`.
std::vector<Word> split_words(std::string_view line) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < line.size()) {
    if (line[at] == ' ' || line[at] == '\t') {
      ++at;
      continue;
    }
    Word word{.text = {}, .quoted = line[at] == '"'};
    if (word.quoted) ++at;
    const std::string_view ends = word.quoted ? "\"" : " \t";
    while (at < line.size() && ends.find(line[at]) == ends.npos) {
      if (line[at] == '\\' && at + 1 < line.size()) word.text += line[at++];
      word.text += line[at++];
    }
    if (word.quoted) ++at;
    words.push_back(std::move(word));
  }
  return words;
}

using Words = std::span<const Word>;

std::optional<Octets> txt_of(Words words) {
  if (words.empty()) return {};
  Octets rdata;
  for (const Word& word : words) rdata = concat(rdata, txt_rdata_of(unescape(word.text)));
  return rdata;
}

std::optional<Octets> name_of(Words words) {
  if (words.size() != 1) return {};
  return wire_name(words[0].text);
}

std::optional<Octets> caa_of(Words words) {
  if (words.size() != 3) return {};
  const auto flags = number_of(words[0].text);
  if (!flags || *flags > 255) return {};
  Octets rdata{static_cast<std::uint8_t>(*flags)};
  rdata.push_back(static_cast<std::uint8_t>(words[1].text.size()));
  rdata = concat(rdata, octets_of(words[1].text));
  return concat(rdata, unescape(words[2].text));
}

/// RFC 3597 section 5: `\# length hex...`.
std::optional<Octets> generic_of(Words words) {
  if (words.size() < 2 || words[0].text != "\\#") return {};
  std::string hex;
  for (const Word& word : words.subspan(2)) hex += word.text;
  auto rdata = octets_of_hex(hex);
  if (!rdata || number_of(words[1].text) != rdata->size()) return {};
  return rdata;
}

struct RecordForm {
  std::string_view name;
  std::uint16_t type;
  std::optional<Octets> (*rdata_of)(Words words);
};

constexpr RecordForm record_forms[] = {
    {"TXT", rr_type::txt, txt_of},
    {"CNAME", rr_type::cname, name_of},
    {"NS", rr_type::ns, name_of},
    {"CAA", rr_type::caa, caa_of},
};

std::optional<DnsRecord> record_of(const std::string& type, Words words) {
  DnsRecord record{.owner = {}, .type = 0, .rdata = {}};
  std::optional<Octets> rdata;
  if (type.starts_with("TYPE")) {
    const auto number = number_of(std::string_view(type).substr(4));
    if (!number || *number > 0xFFFF) return {};
    record.type = static_cast<std::uint16_t>(*number);
    rdata = generic_of(words);
  }
  for (const RecordForm& form : record_forms) {
    if (form.name != type) continue;
    record.type = form.type;
    rdata = form.rdata_of(words);
  }
  if (!rdata) return {};
  record.rdata = std::move(*rdata);
  return record;
}

}  // namespace

std::string Zone::add_line(std::string_view line) {
  const auto words = split_words(line);
  if (words.empty() || words[0].text.starts_with('#')) return {};
  if (words.size() < 3) return "zone line needs an owner, a type and data: " + std::string(line);
  const Octets owner = wire_name(words[0].text);
  if (words[1].text == "MODE") {
    entry_of(owner).mode = words[2].text;
    return {};
  }
  auto record = record_of(words[1].text, Words(words).subspan(2));
  if (!record) return "bad type or data in zone line: " + std::string(line);
  record->owner = owner;
  entry_of(owner).records.push_back(std::move(*record));
  return {};
}

Zone::Entry& Zone::entry_of(const Octets& owner) {
  const Octets key = lower_case(owner);
  for (Octets name = key; name.size() > 1; name = parent_of(name)) entries_.try_emplace(name);
  return entries_[key];
}

Zone::Found Zone::find(const Octets& name, std::uint16_t type) const {
  if (entries_.empty()) return {};
  const auto entry = entries_.find(lower_case(name));
  if (entry == entries_.end()) return {};
  Found found{.exists = true, .mode = entry->second.mode};
  for (DnsRecord record : entry->second.records) {
    if (record.type != type && record.type != rr_type::cname) continue;
    record.owner = name;
    found.records.push_back(std::move(record));
  }
  return found;
}

DnsRecord soa_record_for(const Octets& name) {
  static const Octets fault_test = wire_name("fault.test");
  Octets owner = lower_case(name);
  while (owner.size() > 1 && owner != fault_test) owner = parent_of(owner);
  Octets rdata = concat(wire_name("ns.fault.test"), wire_name("hostmaster.fault.test"));
  for (const std::uint32_t number : {1U, 3600U, 600U, 86400U, 60U}) append_u32(rdata, number);
  return {.owner = owner, .type = rr_type::soa, .rdata = rdata, .ttl = 60};
}

}  // namespace persist::integration
