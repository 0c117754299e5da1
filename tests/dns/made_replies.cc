#include "dns/made_replies.h"

#include <algorithm>
#include <map>

#include "dns/wire.h"

namespace persist::dns {
namespace {

constexpr std::size_t longest_label_octets = 63;
constexpr std::uint16_t class_in = 1, class_chaos = 3;

std::string made_octets(Random& random, std::size_t size, std::string_view of) {
  std::string octets(size, ' ');
  for (char& octet : octets) {
    octet = of.empty() ? static_cast<char>(pick(random, 256))
                       : of[pick(random, static_cast<std::uint32_t>(of.size()))];
  }
  return octets;
}

/// For text that is plain most of the time.
std::string_view plain_or_any(Random& random) {
  return happens(random, 30) ? any_octets : host_name_octets;
}

/// Writes a reply; remembers where which name stands, for pointers to it.
class ReplyWriter {
 public:
  explicit ReplyWriter(Random& random) : random_(random) {}

  std::vector<std::uint8_t> take() { return std::move(octets_); }
  std::size_t size() const { return octets_.size(); }

  void u8(unsigned value) { octets_.push_back(static_cast<std::uint8_t>(value)); }
  void u16(unsigned value) {
    u8(value >> 8U);
    u8(value & 0xFFU);
  }
  void u32(std::uint32_t value) {
    u16(value >> 16U);
    u16(value & 0xFFFFU);
  }
  void text(std::string_view text) { octets_.insert(octets_.end(), text.begin(), text.end()); }

  /// Letters in any case; some of its labels may become a pointer.
  void name(const Name& name, bool may_compress = true) {
    std::string_view rest = name.wire();
    while (rest.size() > 1) {
      const auto known = places_.find(std::string(rest));
      if (may_compress && known != places_.end() && happens(random_, 80)) {
        return u16(static_cast<unsigned>(0xC000U | known->second));
      }
      if (octets_.size() < 0x4000) places_.emplace(std::string(rest), octets_.size());
      const auto label = rest.substr(0, 1U + static_cast<unsigned char>(rest[0]));
      for (const char c : label) u8(static_cast<unsigned char>(in_any_case(c)));
      rest.remove_prefix(label.size());
    }
    u8(0);
  }

  /// The record up to RDLENGTH, which end_record() fills in.
  void begin_record(const Name& owner, RrType type, std::uint16_t dns_class = class_in) {
    name(owner);
    u16(static_cast<unsigned>(type));
    u16(dns_class);
    u32(happens(random_, 5) ? 0xFFFFFFFFU : pick(random_, 100'000));
    u16(0);
    rdata_ = octets_.size();
  }
  void end_record() {
    const std::size_t length = octets_.size() - rdata_;
    octets_[rdata_ - 2] = static_cast<std::uint8_t>(length >> 8U);
    octets_[rdata_ - 1] = static_cast<std::uint8_t>(length & 0xFFU);
  }

 private:
  char in_any_case(char c) {
    const bool is_letter = c >= 'a' && c <= 'z';
    return is_letter && happens(random_, 10) ? static_cast<char>(c - 'a' + 'A') : c;
  }

  Random& random_;
  std::vector<std::uint8_t> octets_{};
  std::map<std::string, std::size_t> places_{};
  std::size_t rdata_ = 0;
};

/// One reply, section by section.
class ReplyMaker {
 public:
  ReplyMaker(Random& random, const Question& question)
      : random_(random), question_(question), out_(random) {}

  std::vector<std::uint8_t> make() {
    header();
    out_.name(question_.owner, false);
    out_.u16(static_cast<unsigned>(question_.type));
    out_.u16(class_in);
    answer();
    authority();
    additional();
    auto octets = out_.take();
    for (std::size_t section = 0; section < 3; ++section) {
      octets[7 + 2 * section] = static_cast<std::uint8_t>(counts_[section]);
    }
    if (happens(random_, 3)) octets.insert(octets.end(), pick(random_, 20), 0xFF);
    return octets;
  }

 private:
  void header() {
    constexpr unsigned reply = 0x8180, authoritative = 0x0400, truncated = 0x0200,
                       authenticated = 0x0020;
    constexpr unsigned rcodes[] = {0, 0, 0, 0, 0, 0, 0, 3, 2, 5};
    unsigned flags = reply | rcodes[pick(random_, std::size(rcodes))];
    if (happens(random_, 50)) flags |= authoritative;
    if (happens(random_, 50)) flags |= authenticated;
    if (happens(random_, 2)) flags |= truncated;
    out_.u16(made_id);
    out_.u16(flags);
    out_.u16(1);
    for (int section = 0; section < 3; ++section) out_.u16(0);
  }

  void answer() {
    Name owner = question_.owner;
    unsigned aliases = happens(random_, 70) ? 0 : 1 + pick(random_, 3);
    if (happens(random_, 2)) aliases = 8 + pick(random_, 3);
    for (; aliases > 0; --aliases) {
      other_records(0);
      const Name target = happens(random_, 3) ? question_.owner : made_name(random_);
      out_.begin_record(owner, RrType::cname);
      out_.name(target);
      end_record(0);
      owner = target;
    }
    for (unsigned left = pick(random_, 5); left > 0; --left) {
      other_records(0);
      asked_record(0, owner, class_in);
    }
    other_records(0);
  }

  void authority() {
    if (happens(random_, 30)) {
      out_.begin_record(zone(), RrType::ns);
      out_.name(made_name(random_));
      end_record(1);
    }
    if (happens(random_, 40)) {
      out_.begin_record(zone(), RrType::soa);
      out_.name(made_name(random_));
      out_.name(made_name(random_));
      for (int number = 0; number < 5; ++number) out_.u32(pick(random_, 100'000));
      end_record(1);
    }
    other_records(1);
  }

  void additional() {
    other_records(2);
    if (happens(random_, 80)) opt_record();
    if (happens(random_, 2)) opt_record();
  }

  /// Records that have no say, now and then: of other names, types and classes.
  void other_records(std::size_t section) {
    if (!happens(random_, 15)) return;
    const Name owner = happens(random_, 50) ? made_name(random_) : question_.owner;
    switch (pick(random_, 4)) {
      case 0:
        return asked_record(section, owner, happens(random_, 50) ? class_chaos : class_in);
      case 1:
        out_.begin_record(owner, RrType::a);
        out_.u32(pick(random_, 0xFFFFFFFFU));
        return end_record(section);
      case 2:
        out_.begin_record(owner, static_cast<RrType>(46));  // RRSIG
        break;
      default:
        // Data that does not have the form of its type.
        out_.begin_record(owner, happens(random_, 50) ? RrType::aaaa : static_cast<RrType>(15));
    }
    out_.text(made_octets(random_, pick(random_, 40), any_octets));
    end_record(section);
  }

  void asked_record(std::size_t section, const Name& owner, std::uint16_t dns_class) {
    out_.begin_record(owner, question_.type, dns_class);
    if (question_.type == RrType::txt) {
      txt_data();
    } else {
      caa_data();
    }
    end_record(section);
  }

  void txt_data() {
    for (unsigned left = happens(random_, 5) ? 0 : 1 + pick(random_, 4); left > 0; --left) {
      const auto of = plain_or_any(random_);
      const std::size_t size = happens(random_, 5) ? 255 : pick(random_, 40);
      out_.u8(static_cast<unsigned>(size));
      out_.text(made_octets(random_, size, of));
    }
  }

  void caa_data() {
    constexpr std::string_view tags[] = {"issue", "issuewild", "iodef", "ISSUE", "x"};
    std::string tag(tags[pick(random_, std::size(tags))]);
    if (happens(random_, 5)) tag = made_octets(random_, pick(random_, 4), any_octets);
    const auto of = plain_or_any(random_);
    out_.u8(happens(random_, 80) ? 0 : pick(random_, 256));
    out_.u8(static_cast<unsigned>(tag.size()));
    out_.text(tag);
    out_.text(made_octets(random_, pick(random_, 30), of));
  }

  void opt_record() {
    out_.begin_record(Name(), RrType::opt, advertised_payload_octets);
    if (happens(random_, 20)) {
      const unsigned text_octets = pick(random_, 20);
      out_.u16(15);  // RFC 8914 section 2
      out_.u16(2 + text_octets);
      out_.u16(pick(random_, 30));
      out_.text(made_octets(random_, text_octets, any_octets));
    }
    end_record(2);
  }

  Name zone() const {
    Name name = question_.owner;
    for (unsigned labels = pick(random_, 4); labels > 0; --labels) {
      name = name.parent().value_or(Name());
    }
    return name;
  }

  void end_record(std::size_t section) {
    out_.end_record();
    ++counts_[section];
  }

  Random& random_;
  const Question& question_;
  ReplyWriter out_;
  unsigned counts_[3]{};
};

void flip(Random& random, std::vector<std::uint8_t>& octets) {
  octets[pick(random, static_cast<std::uint32_t>(octets.size()))] ^=
      static_cast<std::uint8_t>(1U << pick(random, 8));
}

void overwrite(Random& random, std::vector<std::uint8_t>& octets) {
  octets[pick(random, static_cast<std::uint32_t>(octets.size()))] =
      static_cast<std::uint8_t>(pick(random, 256));
}

/// One of the four counts, or a flag octet.
void spoil_header(Random& random, std::vector<std::uint8_t>& octets) {
  const std::size_t at = 2 + pick(random, 10);
  if (at >= octets.size()) return;
  octets[at] = static_cast<std::uint8_t>(happens(random, 50) ? octets[at] + 1 : octets[at] - 1);
}

void put_pointer(Random& random, std::vector<std::uint8_t>& octets) {
  const auto size = static_cast<std::uint32_t>(octets.size());
  const std::size_t at = pick(random, size);
  if (at + 1 >= size) return;
  const std::uint32_t target = happens(random, 20) ? static_cast<std::uint32_t>(at)  // itself
                                                   : pick(random, size + 4);
  octets[at] = static_cast<std::uint8_t>(0xC0U | (target >> 8U));
  octets[at + 1] = static_cast<std::uint8_t>(target & 0xFFU);
}

void cut(Random& random, std::vector<std::uint8_t>& octets) {
  octets.resize(1 + pick(random, static_cast<std::uint32_t>(octets.size())));
}

void drop_some(Random& random, std::vector<std::uint8_t>& octets) {
  const auto size = static_cast<std::uint32_t>(octets.size());
  const auto first = octets.begin() + pick(random, size);
  octets.erase(first, first + std::min<std::ptrdiff_t>(1 + pick(random, 12), octets.end() - first));
  if (octets.empty()) octets.push_back(0);
}

}  // namespace

Name made_name(Random& random, std::size_t wire_octets, std::string_view of) {
  std::string wire;
  std::size_t left = wire_octets - 1;
  while (left > 0) {
    const auto most = static_cast<std::uint32_t>(std::min(left - 1, longest_label_octets));
    std::size_t label = 1 + pick(random, most);
    // A length octet needs an octet after it.
    if (left - 1 - label == 1) label = label > 1 ? label - 1 : label + 1;
    wire += static_cast<char>(label);
    wire += made_octets(random, label, of);
    left -= 1 + label;
  }
  return Name::from_wire(wire + '\0').value();
}

Name made_name(Random& random) {
  const std::uint32_t most = happens(random, 5) ? 255 : 30;
  const auto of = plain_or_any(random);
  return made_name(random, 3 + pick(random, most - 2), of);
}

std::vector<std::uint8_t> made_reply(Random& random, const Question& question) {
  return ReplyMaker(random, question).make();
}

std::vector<std::uint8_t> reply_behind_pointers(const Question& question, int pointers) {
  Random random(0);
  ReplyWriter out(random);
  for (const unsigned number : {unsigned{made_id}, 0x8180U, 1U, 2U, 0U, 0U}) out.u16(number);
  out.name(question.owner);
  out.u16(static_cast<unsigned>(question.type));
  out.u16(class_in);
  // A record that nobody looks into carries all pointers but the last, each to the one before.
  out.begin_record(Name(), static_cast<RrType>(65280));
  std::size_t target = header_octets;
  for (int i = 1; i < pointers; ++i) {
    const std::size_t here = out.size();
    out.u16(static_cast<unsigned>(0xC000U | target));
    target = here;
  }
  out.end_record();
  out.u16(static_cast<unsigned>(0xC000U | target));
  for (const unsigned number : {static_cast<unsigned>(question.type), 1U, 0U, 300U, 2U}) {
    out.u16(number);
  }
  out.text("\x01x");
  return out.take();
}

void damage(Random& random, std::vector<std::uint8_t>& octets) {
  using Damage = void (*)(Random&, std::vector<std::uint8_t>&);
  constexpr Damage kinds[] = {flip, overwrite, spoil_header, put_pointer, cut, drop_some};
  for (unsigned left = 1 + pick(random, 3); left > 0; --left) {
    kinds[pick(random, std::size(kinds))](random, octets);
  }
}

}  // namespace persist::dns
