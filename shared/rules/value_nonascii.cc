#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "record/domain_name.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

/// Control and non-ASCII octets; tabs and line breaks are white space and another rule's.
bool is_odd(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x7F || (octet < 0x20 && !(octet >= '\t' && octet <= '\r'));
}

/// The record with an A-label for an issuer and without odd octets elsewhere.
std::string repair(const Anatomy& record) {
  const std::size_t end_of_issuer = record.issuer_offset + record.issuer.size();
  const auto a_labels = record::DomainName::parse(record.issuer);
  std::string repaired = a_labels ? a_labels->text() : std::string(record.issuer);
  repaired += record.text.substr(end_of_issuer);
  repaired.erase(std::remove_if(repaired.begin(), repaired.end(), is_odd), repaired.end());
  return repaired;
}

std::optional<Finding> find_in(const Subject& subject, const Anatomy& record) {
  const auto* const odd = std::find_if(record.text.begin(), record.text.end(), is_odd);
  if (odd == record.text.end()) return {};
  const auto offset = static_cast<std::size_t>(odd - record.text.begin());
  const std::size_t length = std::max<std::size_t>(1, utf8_length(record.text.substr(offset)));
  const auto& reason = record.judgement->reason;
  return Finding{
      .message = fmt::format("{} at octet {} is no printable ASCII",
                             quote_as_ascii(record.text.substr(offset, length)), offset + 1),
      .span = record.place(offset, length),
      .decisive = reason && reason_of(subject, record, repair(record)) != reason};
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_in_meant(records, [&](const Anatomy& record) { return find_in(subject, record); });
}

}  // namespace

extern const Rule value_nonascii{
    .id = "DP211",
    .name = "value-nonascii",
    .level = Level::profile,
    .title = "a control octet or an octet outside ASCII",
    .rationale =
        "The grammar knows printable ASCII only. Some CAs refuse the record as malformed; others "
        "pass such "
        "octets in parameters that they ignore.",
    .remedy = "Write the value in plain ASCII, and the issuer as an A-label.",
    .citation = "RFC 8659, section 4.2; draft-ietf-acme-dns-persist-02, section 9.2",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1; note=cafe"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1; note=caf\u00e9"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
