#include "dns/dissection.h"

#include <algorithm>

#include "base/ascii.h"
#include "dns/cares_oracle.h"

namespace persist::dns {

NameForm form_of_name(Octets message, std::size_t at) {
  constexpr int most_pointers = 200;
  NameForm form;
  std::size_t lowest = at;
  while (at < message.size() && message[at] != 0 && form.pointers < most_pointers) {
    if (message[at] < 0xC0) {
      form.wire_octets += 1U + message[at];
      at += 1U + message[at];
      continue;
    }
    if (at + 1 >= message.size()) break;
    ++form.pointers;
    at = u16_at(message, at) & 0x3FFFU;
    form.points_strictly_back = form.points_strictly_back && at < lowest;
    form.points_into_header = form.points_into_header || at < header_octets;
    lowest = std::min(lowest, at);
  }
  ++form.wire_octets;
  return form;
}

std::optional<SeenRecord> seen_record_at(Octets message, std::size_t at) {
  constexpr std::size_t fixed_octets = 10;
  const auto owner = cares::name_at(message, at);
  if (!owner) return {};
  const std::size_t fixed = at + owner->octets;
  if (message.size() < fixed + fixed_octets) return {};
  SeenRecord record{.at = at,
                    .owner = to_lower(owner->text),
                    .type_at = fixed,
                    .type = u16_at(message, fixed),
                    .dns_class = u16_at(message, fixed + 2),
                    .rdata = fixed + fixed_octets,
                    .rdlength = u16_at(message, fixed + 8)};
  if (record.end() > message.size()) return {};
  return record;
}

std::optional<std::string> name_in(Octets message, const SeenRecord& record) {
  const auto name = cares::name_at(message, record.rdata);
  if (!name || name->octets != record.rdlength) return {};
  return to_lower(name->text);
}

Dissection dissect(Octets message) {
  Dissection parts;
  if (message.size() < header_octets) return parts;
  const auto question = cares::name_at(message, header_octets);
  if (!question) return parts;
  parts.question = to_lower(question->text);
  parts.end = header_octets + question->octets + 4;
  for (int section = 0; section < 3; ++section) {
    const auto count_at = static_cast<std::size_t>(6 + 2 * section);
    for (unsigned left = u16_at(message, count_at); left > 0; --left) {
      auto record = seen_record_at(message, parts.end);
      if (!record) {
        parts.broken_section = section;
        return parts;
      }
      record->section = section;
      parts.end = record->end();
      parts.records.push_back(std::move(*record));
    }
  }
  return parts;
}

std::vector<std::string> Dissection::chain(Octets message) const {
  constexpr std::size_t most_names = 10;
  std::vector<std::string> names{question};
  while (names.size() < most_names) {
    const auto alias = std::find_if(records.begin(), records.end(), [&](const SeenRecord& record) {
      return record.section == 0 && record.is(RrType::cname) && record.dns_class == 1 &&
             record.owner == names.back();
    });
    if (alias == records.end()) break;
    const auto target = name_in(message, *alias);
    if (!target) break;
    names.push_back(*target);
  }
  return names;
}

}  // namespace persist::dns
