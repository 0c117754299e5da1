#include "dns/rdata.h"

namespace persist::dns {
namespace {

constexpr std::uint16_t extended_error_option = 15;

/// Appends the name at `at` to `rdata`; position after it, empty if it reaches over the record's
/// end.
std::optional<std::size_t> append_name(Octets message, std::size_t at, const RecordView& record,
                                       std::string& rdata) {
  const auto end = skip_name(message, at);
  if (!end || *end > record.end()) return {};
  rdata += name_at(message, at);
  return end;
}

std::optional<std::string> one_name(Octets message, const RecordView& record) {
  std::string rdata;
  const auto end = append_name(message, record.rdata, record, rdata);
  if (!end || *end != record.end()) return {};
  return rdata;
}

/// Source: RFC 1035 section 3.3.13.
std::optional<std::string> start_of_authority(Octets message, const RecordView& record) {
  constexpr std::size_t numbers_octets = 20;
  std::string rdata;
  const auto primary = append_name(message, record.rdata, record, rdata);
  if (!primary) return {};
  const auto mailbox = append_name(message, *primary, record, rdata);
  if (!mailbox || record.end() - *mailbox != numbers_octets) return {};
  rdata += text_of(message.subspan(*mailbox, numbers_octets));
  return rdata;
}

/// Source: RFC 1035 section 3.3.14. No string at all is let through, as a finding for later.
bool has_whole_strings(Octets rdata) {
  std::size_t at = 0;
  while (at < rdata.size()) at += 1U + rdata[at];
  return at == rdata.size();
}

/// Flags and tag. Source: RFC 8659 section 4.1. Data that ends before the tag is let through: a CA
/// may take it for a property.
bool has_whole_tag(Octets rdata) {
  return rdata.size() < 2 || rdata.size() >= 2U + rdata[1];
}

bool has_form(RrType type, Octets rdata) {
  switch (type) {
    case RrType::a:
      return rdata.size() == 4;
    case RrType::aaaa:
      return rdata.size() == 16;
    case RrType::txt:
      return has_whole_strings(rdata);
    case RrType::caa:
      return has_whole_tag(rdata);
    case RrType::ds:
    case RrType::dnskey:
      return rdata.size() > 4;
    default:
      return true;
  }
}

}  // namespace

std::optional<std::string> rdata_of(Octets message, const RecordView& record) {
  const auto type = static_cast<RrType>(record.type);
  switch (type) {
    case RrType::ns:
    case RrType::cname:
    case RrType::dname:
      return one_name(message, record);
    case RrType::soa:
      return start_of_authority(message, record);
    default:
      break;
  }
  const Octets rdata = message.subspan(record.rdata, record.rdlength);
  if (!has_form(type, rdata)) return {};
  return std::string(text_of(rdata));
}

bool read_extended_error(Octets rdata, std::optional<ExtendedError>& error) {
  while (!rdata.empty()) {
    if (rdata.size() < 4) return false;
    const std::uint16_t code = u16_at(rdata, 0);
    const std::size_t length = u16_at(rdata, 2);
    rdata = rdata.subspan(4);
    if (length > rdata.size()) return false;
    if (code == extended_error_option && length >= 2) {
      ExtendedError found{.code = u16_at(rdata, 0),
                          .text = std::string(text_of(rdata.subspan(2, length - 2)))};
      if (!error || (is_suspicious(found) && !is_suspicious(*error))) error = std::move(found);
    }
    rdata = rdata.subspan(length);
  }
  return true;
}

}  // namespace persist::dns
