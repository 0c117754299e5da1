// A walk to the fields that matter. A library for X.509 would make a static program twice as
// large, and with it every check.
#include "clients/certificate_names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/base64url.h"
#include "clients/der_reader.h"

namespace persist::clients {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t largest_pem_octets = 65'536;
constexpr std::array certificate_labels{"CERTIFICATE"sv, "X509 CERTIFICATE"sv};

constexpr std::uint8_t boolean_tag = 0x01;
constexpr std::uint8_t integer_tag = 0x02;
constexpr std::uint8_t bit_string_tag = 0x03;
constexpr std::uint8_t octet_string_tag = 0x04;
constexpr std::uint8_t oid_tag = 0x06;
constexpr std::uint8_t sequence_tag = 0x30;
constexpr std::uint8_t set_tag = 0x31;

constexpr std::string_view subject_alternative_name = "\x55\x1D\x11";  // 2.5.29.17
constexpr std::string_view common_name = "\x55\x04\x03";               // 2.5.4.3
/// 1.2.840.113549.1.9.14, and 1.3.6.1.4.1.311.2.1.14 for the same.
constexpr std::array extension_requests{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x0E"sv,
                                        "\x2B\x06\x01\x04\x01\x82\x37\x02\x01\x0E"sv};

// ---- PEM

/// The two digits in which base64 differs; those of base64url are none here. Source: RFC 4648
/// sections 4 and 5.
std::string to_base64url_alphabet(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '-' || c == '_') c = '?';
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return line;
}

/// The octets of the first block with one of these labels. Source: RFC 7468 section 3.
Expected<std::string, CertificateError> read_pem(std::string_view pem,
                                                 const std::array<std::string_view, 2>& labels) {
  if (pem.size() > largest_pem_octets) return Unexpected(CertificateError::too_large);
  std::string end;
  std::string body;
  for (const std::string_view line : split(pem, '\n')) {
    const std::string_view text = trim(line.substr(0, line.find('\r')));
    if (!end.empty() && text == end) {
      const auto padding = body.size() - std::min(body.find_last_not_of('=') + 1, body.size());
      if (padding > 2 || body.size() % 4 != 0) return Unexpected(CertificateError::malformed);
      const auto octets = from_base64url(std::string_view(body).substr(0, body.size() - padding));
      if (!octets) return Unexpected(CertificateError::malformed);
      return std::string(octets->begin(), octets->end());
    }
    if (!end.empty()) body += to_base64url_alphabet(text);
    for (const std::string_view label : labels) {
      if (line.substr(0, 5) != "-----" || text != "-----BEGIN " + std::string(label) + "-----") {
        continue;
      }
      end = "-----END " + std::string(label) + "-----";
      body.clear();
    }
  }
  return Unexpected(end.empty() ? CertificateError::not_pem : CertificateError::malformed);
}

// ---- names

/// A dNSName holds ASCII; what is not would be read as a U-label elsewhere.
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void add_name(CertificateNames& names, std::string_view text) {
  auto identifier = record::parse_identifier(text);
  if (!identifier || !is_ascii(text)) {
    names.others.emplace_back(text);
  } else if (std::find(names.identifiers.begin(), names.identifiers.end(), *identifier) ==
             names.identifiers.end()) {
    names.identifiers.push_back(*std::move(identifier));
  }
}

/// Adds what a GeneralName with this tag certifies; false if there is no such tag. Source: RFC 5280
/// section 4.2.1.6.
bool add_general_name(CertificateNames& names, const DerElement& name) {
  switch (name.tag) {
    case 0x82:
      add_name(names, name.contents);
      return true;
    case 0x87:
      names.others.emplace_back("an IP address");
      return true;
    case 0x81:
      names.others.emplace_back("an e-mail address");
      return true;
    case 0xA0:
    case 0xA3:
    case 0xA4:
    case 0xA5:
    case 0x86:
    case 0x88:
      names.others.emplace_back("another kind of name");
      return true;
    default:
      return false;
  }
}

bool add_general_names(CertificateNames& names, std::string_view octets) {
  DerReader whole(octets);
  const auto list = whole.take(sequence_tag);
  if (!list || !whole.is_at_end()) return false;
  DerReader reader(*list);
  while (const auto name = reader.next()) {
    if (!add_general_name(names, *name)) return false;
  }
  return reader.is_at_end();
}

/// Adds the names of the one extension among these that has some. Source: RFC 5280 section 4.1.
bool add_extensions(CertificateNames& names, std::string_view octets) {
  DerReader whole(octets);
  const auto list = whole.take(sequence_tag);
  if (!list || !whole.is_at_end()) return false;
  DerReader reader(*list);
  int found = 0;
  while (const auto extension = reader.take(sequence_tag)) {
    DerReader fields(*extension);
    const auto id = fields.take(oid_tag);
    fields.take(boolean_tag);
    const auto value = fields.take(octet_string_tag);
    if (!id || !value || !fields.is_at_end()) return false;
    if (*id != subject_alternative_name) continue;
    if (++found > 1 || !add_general_names(names, *value)) return false;
  }
  return reader.is_at_end();
}

/// A common name may be anything, a person's: only one that is a domain name counts.
bool add_common_names(CertificateNames& names, std::string_view subject) {
  DerReader parts(subject);
  while (const auto part = parts.take(set_tag)) {
    DerReader attributes(*part);
    while (const auto attribute = attributes.take(sequence_tag)) {
      DerReader fields(*attribute);
      const auto id = fields.take(oid_tag);
      const auto value = fields.next();
      if (!id || !value || !fields.is_at_end()) return false;
      if (*id == common_name && record::parse_identifier(value->contents)) {
        add_name(names, value->contents);
      }
    }
    if (!attributes.is_at_end()) return false;
  }
  return parts.is_at_end();
}

/// The names that the attributes of a request ask for. Source: RFC 2985 section 5.4.2.
bool add_attributes(CertificateNames& names, std::string_view octets) {
  DerReader attributes(octets);
  while (const auto attribute = attributes.take(sequence_tag)) {
    DerReader fields(*attribute);
    const auto id = fields.take(oid_tag);
    const auto values = fields.take(set_tag);
    if (!id || !values || !fields.is_at_end()) return false;
    if (std::find(extension_requests.begin(), extension_requests.end(), *id) ==
        extension_requests.end()) {
      continue;
    }
    if (!add_extensions(names, *values)) return false;
  }
  return attributes.is_at_end();
}

// ---- certificate and request

/// What is signed, in front of an algorithm and a signature.
std::optional<std::string_view> signed_part(std::string_view octets) {
  DerReader whole(octets);
  const auto outer = whole.take(sequence_tag);
  if (!outer || !whole.is_at_end()) return {};
  DerReader reader(*outer);
  const auto part = reader.take(sequence_tag);
  if (!reader.take(sequence_tag) || !reader.take(bit_string_tag) || !reader.is_at_end()) return {};
  return part;
}

/// What matters of a certificate.
struct CertificateParts {
  std::string_view validity;
  std::optional<std::string_view> extensions;
};

/// Source: RFC 5280 section 4.1.
std::optional<CertificateParts> take_certificate_apart(std::string_view octets) {
  constexpr std::uint8_t version_tag = 0xA0;
  constexpr std::uint8_t issuer_id_tag = 0x81;
  constexpr std::uint8_t subject_id_tag = 0x82;
  constexpr std::uint8_t extensions_tag = 0xA3;
  constexpr std::size_t validity_place = 2;
  const auto part = signed_part(octets);
  if (!part) return {};
  DerReader fields(*part);
  fields.take(version_tag);
  if (!fields.take(integer_tag)) return {};
  std::array<std::string_view, 5> sequences;  // algorithm, issuer, validity, subject, key
  for (std::string_view& sequence : sequences) {
    const auto taken = fields.take(sequence_tag);
    if (!taken) return {};
    sequence = *taken;
  }
  fields.take(issuer_id_tag);
  fields.take(subject_id_tag);
  const auto extensions = fields.take(extensions_tag);
  if (!fields.is_at_end()) return {};
  return CertificateParts{.validity = sequences[validity_place], .extensions = extensions};
}

bool add_certificate(CertificateNames& names, std::string_view octets) {
  const auto parts = take_certificate_apart(octets);
  return parts && (!parts->extensions || add_extensions(names, *parts->extensions));
}

/// `261121000000Z`, or `20261121000000Z` from 2050 on. Source: RFC 5280 section 4.1.2.5.
std::optional<UnixTime> to_time(const DerElement& element) {
  constexpr std::uint8_t utc_time_tag = 0x17;
  constexpr std::uint8_t generalized_time_tag = 0x18;
  constexpr std::size_t octets = sizeof("20261121000000Z") - 1;
  if (element.tag != utc_time_tag && element.tag != generalized_time_tag) return {};
  std::string text(element.contents);
  if (element.tag == utc_time_tag) text.insert(0, text.substr(0, 1) < "5" ? "20" : "19");
  if (text.size() != octets) return {};
  return parse_time(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2) + "T" +
                    text.substr(8, 2) + ":" + text.substr(10, 2) + ":" + text.substr(12));
}

/// Source: RFC 2986 section 4.
bool add_request(CertificateNames& names, std::string_view octets) {
  constexpr std::uint8_t attributes_tag = 0xA0;
  const auto part = signed_part(octets);
  if (!part) return false;
  DerReader fields(*part);
  if (!fields.take(integer_tag)) return false;
  const auto subject = fields.take(sequence_tag);
  if (!subject || !fields.take(sequence_tag)) return false;
  const auto attributes = fields.take(attributes_tag);
  return fields.is_at_end() && (!attributes || add_attributes(names, *attributes)) &&
         add_common_names(names, *subject);
}

Expected<CertificateNames, CertificateError> read_names(
    const Expected<std::string, CertificateError>& octets,
    bool (*add)(CertificateNames&, std::string_view)) {
  if (!octets) return Unexpected(octets.error());
  CertificateNames names;
  if (!add(names, *octets)) return Unexpected(CertificateError::malformed);
  if (names.identifiers.empty() && names.others.empty()) {
    return Unexpected(CertificateError::no_names);
  }
  return names;
}

}  // namespace

std::string explain(CertificateError error) {
  switch (error) {
    case CertificateError::too_large:
      return "has more than " + std::to_string(largest_pem_octets) + " octets";
    case CertificateError::not_pem:
      return "does not hold in PEM what is looked for";
    case CertificateError::malformed:
      return "holds a damaged certificate or request";
    case CertificateError::no_names:
      break;
  }
  return "holds a certificate or request without names";
}

Expected<CertificateNames, CertificateError> read_certificate_names(std::string_view pem) {
  return read_names(read_pem(pem, certificate_labels), add_certificate);
}

Expected<Validity, CertificateError> read_certificate_validity(std::string_view pem) {
  const auto octets = read_pem(pem, certificate_labels);
  if (!octets) return Unexpected(octets.error());
  const auto parts = take_certificate_apart(*octets);
  if (!parts) return Unexpected(CertificateError::malformed);
  DerReader times(parts->validity);
  const auto begin = times.next();
  const auto end = times.next();
  if (!begin || !end || !times.is_at_end()) return Unexpected(CertificateError::malformed);
  const auto first = to_time(*begin);
  const auto last = to_time(*end);
  if (!first || !last) return Unexpected(CertificateError::malformed);
  return Validity{.not_before = *first, .not_after = *last};
}

Expected<CertificateNames, CertificateError> read_request_names(std::string_view pem) {
  return read_names(read_pem(pem, {"CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"}), add_request);
}

}  // namespace persist::clients
