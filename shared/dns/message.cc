#include "dns/message.h"

#include <algorithm>

#include "base/ascii.h"
#include "dns/rdata.h"

namespace persist::dns {
namespace {

constexpr std::uint16_t class_in = 1;
constexpr unsigned response_flag = 0x8000;
constexpr unsigned opcode_mask = 0x7800;
constexpr unsigned authoritative_flag = 0x0400;
constexpr unsigned truncated_flag = 0x0200;
constexpr unsigned recursion_available_flag = 0x0080;
constexpr unsigned authenticated_flag = 0x0020;
constexpr unsigned rcode_mask = 0x000F;

std::uint16_t type_number(RrType type) {
  return static_cast<std::uint16_t>(type);
}

std::chrono::seconds ttl_of(const RecordView& record) {
  return std::chrono::seconds{record.ttl < 0x80000000U ? record.ttl : 0};
}

/// Reads one message; the first fault ends it.
class MessageReader {
 public:
  MessageReader(Octets octets, const Question& question)
      : octets_(octets), question_(question), end_of_chain_(question.owner) {}

  /// Empty if all is well.
  std::string_view read();
  Message take() { return std::move(message_); }

 private:
  using Records = std::vector<RecordView>;

  void read_flags();
  std::string_view read_sections();
  bool read_section(std::size_t count, Records& records);
  std::string_view read_opt();
  std::string_view read_answer();
  std::string_view follow_aliases();
  std::string_view find_target(std::optional<std::string>& target);
  std::string_view take_rrset();
  void read_authority();
  const RecordView* find_cname(bool& ambiguous) const;
  const RecordView* find_dname(std::size_t& prefix_octets) const;
  std::optional<std::size_t> octets_above(const RecordView& record, RrType type) const;
  bool is_at(const RecordView& record, RrType type, std::string_view wire) const {
    return record.type == type_number(type) && record.dns_class == class_in &&
           is_name_at(octets_, record.owner, wire);
  }
  void use_ttl(std::chrono::seconds ttl) { message_.ttl = std::min(message_.ttl, ttl); }

  Octets octets_;
  const Question& question_;
  Name end_of_chain_;
  std::size_t at_ = 0;
  std::size_t used_ = 0;  ///< records of the answer section that are on the chain
  Records answer_, authority_, additional_;
  Message message_;
};

std::string_view MessageReader::read() {
  read_flags();
  if (const auto fault = read_sections(); !fault.empty()) return fault;
  if (const auto fault = read_opt(); !fault.empty()) return fault;
  // Whatever another response code comes with, it is not an answer.
  if (message_.rcode != Rcode::noerror && message_.rcode != Rcode::nxdomain) return {};
  return read_answer();
}

void MessageReader::read_flags() {
  const unsigned flags = u16_at(octets_, 2);
  message_.authoritative = (flags & authoritative_flag) != 0;
  message_.authenticated = (flags & authenticated_flag) != 0;
  message_.recursion_available = (flags & recursion_available_flag) != 0;
  message_.rcode = static_cast<Rcode>(flags & rcode_mask);
}

std::string_view MessageReader::read_sections() {
  at_ = header_octets + question_.owner.wire().size() + 4;
  if (!read_section(u16_at(octets_, 6), answer_))
    return "a record of the answer is broken or missing";
  if (!read_section(u16_at(octets_, 8), authority_) ||
      !read_section(u16_at(octets_, 10), additional_)) {
    return "a record after the answer is broken or missing";
  }
  // A count that is too low would hide a record; anything else after the end does no harm.
  const auto hidden = record_at(octets_, at_);
  if (hidden && hidden->type != 0 &&
      (hidden->dns_class == class_in || hidden->type == type_number(RrType::opt))) {
    return "there are more records than it says";
  }
  return {};
}

bool MessageReader::read_section(std::size_t count, Records& records) {
  // A count is a claim; what is left of the message bounds it.
  records.reserve(std::min(count, (octets_.size() - at_) / 11));
  for (; count > 0; --count) {
    const auto record = record_at(octets_, at_);
    if (!record) return false;
    records.push_back(*record);
    at_ = record->end();
  }
  return true;
}

std::string_view MessageReader::read_opt() {
  constexpr unsigned upper_rcode_shift = 24;
  bool seen = false;
  for (const RecordView& record : additional_) {
    if (record.type != type_number(RrType::opt)) continue;
    if (seen || octets_[record.owner] != 0) return "its OPT record is wrong";
    seen = true;
    const unsigned upper = record.ttl >> upper_rcode_shift;
    message_.rcode = static_cast<Rcode>((upper << 4U) | static_cast<unsigned>(message_.rcode));
    if (!read_extended_error(octets_.subspan(record.rdata, record.rdlength),
                             message_.extended_error)) {
      return "its OPT record is wrong";
    }
  }
  return {};
}

std::string_view MessageReader::read_answer() {
  if (const auto fault = follow_aliases(); !fault.empty()) return fault;
  if (const auto fault = take_rrset(); !fault.empty()) return fault;
  if (message_.rcode == Rcode::nxdomain && !message_.rrset.empty()) {
    return "it has the records of a name that it says does not exist";
  }
  if (used_ == 0 && !answer_.empty()) return "its answer is about another name, type or class";
  if (message_.rrset.empty()) read_authority();
  return {};
}

std::string_view MessageReader::follow_aliases() {
  while (message_.chain.size() <= most_alias_steps) {
    std::optional<std::string> target;
    if (const auto fault = find_target(target); !fault.empty()) return fault;
    if (!target) return {};
    const bool has_rrset =
        std::any_of(answer_.begin(), answer_.end(), [this](const RecordView& record) {
          return is_at(record, question_.type, end_of_chain_.wire());
        });
    if (has_rrset) return "a name has an alias and records of its own";
    auto name = Name::from_wire(*target);
    if (!name) return "an alias is no name";
    end_of_chain_ = *name;
    message_.chain.push_back(std::move(*name));
  }
  return {};
}

/// Where the name at the end of the chain is an alias of, by CNAME or DNAME.
std::string_view MessageReader::find_target(std::optional<std::string>& target) {
  bool ambiguous = false;
  const RecordView* const cname = find_cname(ambiguous);
  if (ambiguous) return "a name has two aliases";
  if (cname != nullptr) {
    target = rdata_of(octets_, *cname);
    if (!target) return "an alias is no name";
    ++used_;
    use_ttl(ttl_of(*cname));
  }
  std::size_t prefix_octets = 0;
  const RecordView* const dname = find_dname(prefix_octets);
  if (dname == nullptr) return {};
  auto redirected = rdata_of(octets_, *dname);
  if (!redirected) return "an alias is no name";
  redirected->insert(0, end_of_chain_.wire(), 0, prefix_octets);
  if (target && *target != *redirected) return "an alias does not follow from its DNAME record";
  target = std::move(redirected);
  ++used_;
  use_ttl(ttl_of(*dname));
  return {};
}

const RecordView* MessageReader::find_cname(bool& ambiguous) const {
  const RecordView* found = nullptr;
  for (const RecordView& record : answer_) {
    if (!is_at(record, RrType::cname, end_of_chain_.wire())) continue;
    if (found == nullptr) {
      found = &record;
    } else if (rdata_of(octets_, *found) != rdata_of(octets_, record)) {
      ambiguous = true;
    }
  }
  return found;
}

/// The DNAME record that applies; `prefix_octets` gets the length of what is kept of the name.
const RecordView* MessageReader::find_dname(std::size_t& prefix_octets) const {
  for (const RecordView& record : answer_) {
    // At the name itself it says nothing about the name. Source: RFC 6672 section 2.3.
    const auto octets = octets_above(record, RrType::dname);
    if (!octets || *octets == 0) continue;
    prefix_octets = *octets;
    return &record;
  }
  return nullptr;
}

/// What the end of the chain has more than the record's owner, in octets of whole labels. Empty if
/// the record is of another type, or not of the name or one above it.
std::optional<std::size_t> MessageReader::octets_above(const RecordView& record,
                                                       RrType type) const {
  if (record.type != type_number(type)) return {};
  const std::string_view wire = end_of_chain_.wire();
  for (std::size_t at = 0; at < wire.size(); at += 1U + static_cast<unsigned char>(wire[at])) {
    if (is_at(record, type, wire.substr(at))) return at;
  }
  return {};
}

std::string_view MessageReader::take_rrset() {
  for (const RecordView& record : answer_) {
    if (!is_at(record, question_.type, end_of_chain_.wire())) continue;
    auto rdata = rdata_of(octets_, record);
    if (!rdata) return "the data of a record is broken";
    message_.rrset.push_back({.owner = end_of_chain_,
                              .type = question_.type,
                              .ttl = ttl_of(record),
                              .rdata = std::move(*rdata)});
    ++used_;
    use_ttl(ttl_of(record));
  }
  return {};
}

void MessageReader::read_authority() {
  bool has_name_servers = false;
  for (const RecordView& record : authority_) {
    has_name_servers = has_name_servers || record.type == type_number(RrType::ns);
    if (!octets_above(record, RrType::soa)) continue;
    const auto rdata = rdata_of(octets_, record);
    if (!rdata) continue;
    message_.is_negative = true;
    // The smaller of the record's TTL and its last field. Source: RFC 2308 section 5.
    use_ttl(ttl_of(record));
    use_ttl(std::chrono::seconds{u32_at(octets_, record.end() - 4)});
  }
  message_.is_referral = has_name_servers && !message_.is_negative && !message_.authoritative;
}

}  // namespace

bool is_reply(Octets octets, std::uint16_t id, const Question& question) {
  const std::string_view wire = question.owner.wire();
  const std::size_t question_octets = wire.size() + 4;
  if (octets.size() < header_octets + question_octets) return false;
  const unsigned flags = u16_at(octets, 2);
  return u16_at(octets, 0) == id && (flags & response_flag) != 0 && (flags & opcode_mask) == 0 &&
         u16_at(octets, 4) == 1 &&
         equals_ignoring_case(text_of(octets.subspan(header_octets, wire.size())), wire) &&
         u16_at(octets, header_octets + wire.size()) == type_number(question.type) &&
         u16_at(octets, header_octets + wire.size() + 2) == class_in;
}

Reading read_message(Octets octets, std::uint16_t id, const Question& question) {
  if (!is_reply(octets, id, question)) return {.kind = Reading::Kind::not_ours};
  if ((u16_at(octets, 2) & truncated_flag) != 0) return {.kind = Reading::Kind::truncated};
  MessageReader reader(octets, question);
  if (const auto fault = reader.read(); !fault.empty()) {
    return {.kind = Reading::Kind::malformed, .fault = fault};
  }
  return {.kind = Reading::Kind::complete, .message = reader.take()};
}

std::optional<record::TxtRecord> txt_of(const ResourceRecord& record) {
  if (record.type != RrType::txt) return {};
  record::TxtRecord txt{.character_strings = {}, .ttl = record.ttl};
  std::string_view rest = record.rdata;
  while (!rest.empty()) {
    const std::size_t length = static_cast<unsigned char>(rest.front());
    if (length >= rest.size()) return {};
    txt.character_strings.emplace_back(rest.substr(1, length));
    rest.remove_prefix(1 + length);
  }
  return txt;
}

}  // namespace persist::dns
