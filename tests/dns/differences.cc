#include "dns/differences.h"

#include <algorithm>

#include "base/ascii.h"
#include "dns/dissection.h"
#include "dns/made_replies.h"

namespace persist::dns {
namespace {

constexpr std::uint16_t class_in = 1, class_chaos = 3;
constexpr unsigned truncated_flag = 0x0200;

/// A reply and what its records are in regard of its question.
struct View {
  const Reply& reply;
  const Dissection parts = dissect(reply.octets);
  const std::vector<std::string> chain = parts.chain(reply.octets);

  Octets octets() const { return reply.octets; }
  bool is_asked(const SeenRecord& record) const { return record.is(reply.question.type); }
  bool is_on_chain(const SeenRecord& record) const {
    return record.section == 0 && record.dns_class == class_in &&
           std::find(chain.begin(), chain.end(), record.owner) != chain.end();
  }
  /// It bears on the answer: an alias on the way, or a record asked for at the end.
  bool counts(const SeenRecord& record) const {
    return is_on_chain(record) &&
           (record.is(RrType::cname) || (is_asked(record) && record.owner == chain.back()));
  }
  template <typename Test>
  bool any(Test test) const {
    return std::any_of(parts.records.begin(), parts.records.end(), test);
  }
};

// ---- We are stricter: c-ares takes the message.

bool is_not_our_reply(const View& view, const Reading& ours) {
  if (ours.kind != Reading::Kind::not_ours) return false;
  const Octets octets = view.octets();
  const bool is_reply = u16_at(octets, 0) == made_id && (u16_at(octets, 2) & 0xF800U) == 0x8000U;
  QueryBuffer buffer;
  const auto query = write_query(buffer, view.reply.question, {.id = made_id, .edns = false});
  const auto asked = text_of(query).substr(header_octets);
  return !is_reply ||
         !equals_ignoring_case(text_of(octets).substr(header_octets, asked.size()), asked);
}

bool is_truncated(const View& view, const Reading& ours) {
  return ours.kind == Reading::Kind::truncated && (u16_at(view.octets(), 2) & truncated_flag) != 0;
}

bool has_unsound_name(const View& view, const Reading&) {
  return view.any([&](const SeenRecord& record) {
    const bool has_target = record.section == 0 && record.is(RrType::cname) &&
                            name_in(view.octets(), record).has_value();
    return !form_of_name(view.octets(), record.at).is_sound() ||
           (has_target && !form_of_name(view.octets(), record.rdata).is_sound());
  });
}

bool is_broken_after_the_answer(const View& view, const Reading&) {
  return view.parts.broken_section == 1 || view.parts.broken_section == 2;
}

bool has_more_records_than_it_says(const View& view, const Reading&) {
  const auto hidden = seen_record_at(view.octets(), view.parts.end);
  return hidden && hidden->type != 0 && (hidden->dns_class == class_in || hidden->is(RrType::opt));
}

bool adds_up(Octets options) {
  while (options.size() >= 4 && options.size() - 4 >= u16_at(options, 2)) {
    options = options.subspan(4U + u16_at(options, 2));
  }
  return options.empty();
}

bool has_wrong_opt(const View& view, const Reading&) {
  int count = 0;
  return view.any([&](const SeenRecord& record) {
    if (record.section != 2 || !record.is(RrType::opt)) return false;
    return ++count > 1 || !record.owner.empty() ||
           !adds_up(view.octets().subspan(record.rdata, record.rdlength));
  });
}

bool has_alias_to_no_name(const View& view, const Reading&) {
  return view.any([&](const SeenRecord& record) {
    return view.is_on_chain(record) && (record.is(RrType::cname) || record.is(RrType::dname)) &&
           (!name_in(view.octets(), record) ||
            !form_of_name(view.octets(), record.rdata).is_sound());
  });
}

/// Two aliases at one name, or an alias beside the records asked for. Source: RFC 1034 section
/// 3.6.2, RFC 2181 section 10.1.
bool has_alias_beside_another_record(const View& view, const Reading&) {
  return view.any([&](const SeenRecord& alias) {
    if (!alias.is(RrType::cname) || !view.is_on_chain(alias)) return false;
    return view.any([&](const SeenRecord& other) {
      if (!view.is_on_chain(other) || other.owner != alias.owner) return false;
      return view.is_asked(other) || (other.is(RrType::cname) && name_in(view.octets(), other) !=
                                                                     name_in(view.octets(), alias));
    });
  });
}

bool has_records_of_no_name(const View& view, const Reading&) {
  return (u16_at(view.octets(), 2) & 0xFU) == 3 &&
         view.any([&](const SeenRecord& record) { return view.counts(record); });
}

bool is_about_something_else(const View& view, const Reading&) {
  return !view.any([&](const SeenRecord& record) { return view.counts(record); });
}

struct Strictness {
  std::string_view rule;
  std::string_view fault;  ///< that we find; empty: the reading has another kind
  bool (*holds)(const View& view, const Reading& ours);
  bool only_before_whole_messages = false;  ///< c-ares refuses it, too, since it reads the whole
};

constexpr Strictness strictness[] = {
    // RFC 5452 section 9.1: the question and the id make a reply ours. c-ares compares them
    // elsewhere, and takes a message that says it is a query (QR=0).
    {"a reply has our id and question", "", is_not_our_reply},
    {"nothing of a truncated reply is read", "", is_truncated},
    {"a name has 255 octets and points backwards only",
     "a record of the answer is broken or missing", has_unsound_name},
    {"a name has 255 octets and points backwards only",
     "a record after the answer is broken or missing", has_unsound_name},
    {"every section has to be whole", "a record after the answer is broken or missing",
     is_broken_after_the_answer, true},
    {"no record behind those counted", "there are more records than it says",
     has_more_records_than_it_says},
    {"one whole OPT record at the root", "its OPT record is wrong", has_wrong_opt},
    {"an alias is a whole name", "an alias is no name", has_alias_to_no_name, true},
    {"one alias a name", "a name has two aliases", has_alias_beside_another_record},
    {"nothing beside an alias", "a name has an alias and records of its own",
     has_alias_beside_another_record},
    {"a name that does not exist has no records",
     "it has the records of a name that it says does not exist", has_records_of_no_name},
    {"the answer is about the question", "its answer is about another name, type or class",
     is_about_something_else},
};

// ---- We are more lenient: c-ares refuses the whole message for a record of it.

bool does_not_count(const View& view, const SeenRecord& record) {
  return !view.counts(record);
}

bool has_no_string(const View&, const SeenRecord& record) {
  return record.is(RrType::txt) && record.rdlength == 0;
}

std::size_t tag_octets(const View& view, const SeenRecord& record) {
  return view.octets()[record.rdata + 1];
}

bool is_whole_caa(const View& view, const SeenRecord& record) {
  return record.is(RrType::caa) && record.rdlength >= 2 &&
         record.rdlength >= 2 + tag_octets(view, record);
}

bool has_no_value(const View& view, const SeenRecord& record) {
  return is_whole_caa(view, record) && record.rdlength == 2 + tag_octets(view, record);
}

bool ends_before_tag(const View&, const SeenRecord& record) {
  return record.is(RrType::caa) && record.rdlength < 2;
}

bool has_odd_tag(const View& view, const SeenRecord& record) {
  if (!is_whole_caa(view, record)) return false;
  const auto tag = text_of(view.octets().subspan(record.rdata + 2, tag_octets(view, record)));
  return tag.empty() ||
         std::any_of(tag.begin(), tag.end(), [](char c) { return c < 0x20 || c > 0x7e; });
}

struct Leniency {
  std::string_view rule;
  std::optional<RrType> type;  ///< that it is about; empty: any
  bool needs_whole_messages;   ///< c-ares minds only since it reads the whole message
  bool (*holds)(const View& view, const SeenRecord& record);
};

constexpr Leniency leniency[] = {
    // A broken record of another name or section does not make the answer beside it any worse.
    {"records that do not count are not looked into", {}, false, does_not_count},
    // RFC 1035 section 3.3.14 wants one string at least: a finding about that record, D26.
    {"a TXT record without a string is one", RrType::txt, true, has_no_string},
    // RFC 8659 section 4.1: the value is what is left, a property without any forbids issuance.
    {"a CAA value may be empty", RrType::caa, false, has_no_value},
    // RFC 8659 section 4.1 wants letters and digits; the evaluation has to see it, as it may be
    // critical, and not the rest of the RRset without it.
    {"a CAA tag may be anything", RrType::caa, false, has_odd_tag},
    // What such a property does is for the CA's profile to say.
    {"CAA data may end before the tag", RrType::caa, false, ends_before_tag},
};
constexpr std::string_view several = "several of these";
constexpr std::string_view others_left_out = "records of other names and classes are left out";
constexpr std::string_view no_trace = "c-ares shows no TXT record without a string";

using Records = std::vector<cares::Fields>;
using Excused = std::vector<bool>;  ///< by record of the dissection

/// What c-ares finds once the excused records are of a type that nobody knows.
std::optional<Records> records_without(const View& view, const Excused& excused) {
  auto octets = view.reply.octets;
  for (std::size_t i = 0; i < excused.size(); ++i) {
    if (!excused[i]) continue;
    // Only the lower octet: damaged names may end in the upper one. No type that c-ares knows has
    // it.
    octets[view.parts.records[i].type_at + 1] = 3;
  }
  return cares::records_of(octets, view.reply.question.type);
}

void excuse(const View& view, const Leniency& row, Excused& excused) {
  for (std::size_t i = 0; i < excused.size(); ++i) {
    if (row.holds(view, view.parts.records[i])) excused[i] = true;
  }
}

/// The first rule that lets c-ares read the message; what it then finds goes to `theirs`.
std::string_view excusing_rule(const View& view, std::optional<Records>& theirs, Excused& excused) {
  Excused all = excused;
  for (const Leniency& row : leniency) {
    Excused by_row(all.size());
    excuse(view, row, by_row);
    excuse(view, row, all);
    theirs = records_without(view, by_row);
    if (!theirs) continue;
    excused = by_row;
    return row.rule;
  }
  excused = all;
  theirs = records_without(view, all);
  return theirs ? several : unexplained;
}

/// Of a record that c-ares does not read.
cares::Fields fields_of(const View& view, const SeenRecord& record) {
  if (record.is(RrType::txt)) return {};
  const auto data = text_of(view.octets().subspan(record.rdata, record.rdlength));
  if (data.size() < 2) return {data.empty() ? std::string(1, '\0') : std::string(data), "", ""};
  const std::size_t tag = tag_octets(view, record);
  return {std::string(data.substr(0, 1)), std::string(data.substr(2, tag)),
          std::string(data.substr(2 + tag))};
}

}  // namespace

std::string_view why_we_refuse(const Reply& reply, const Reading& ours) {
  const View view{reply};
  for (const Strictness& row : strictness) {
    if (row.fault == ours.fault && row.holds(view, ours)) return row.rule;
  }
  return unexplained;
}

Expectation expected_records(const Reply& reply, std::optional<Records> theirs) {
  const View view{reply};
  Expectation expected{.rule = agreement};
  Excused excused(view.parts.records.size());
  if (!theirs) expected.rule = excusing_rule(view, theirs, excused);
  if (!theirs) return expected;
  auto next = theirs->begin();
  for (std::size_t i = 0; i < excused.size(); ++i) {
    const SeenRecord& record = view.parts.records[i];
    const bool is_shown = record.section == 0 && view.is_asked(record) && !excused[i] &&
                          (record.dns_class == class_in || record.dns_class == class_chaos);
    const bool leaves_no_trace = excused[i] || has_no_string(view, record);
    if (view.counts(record) && view.is_asked(record)) {
      if (!leaves_no_trace && next == theirs->end()) return {.rule = unexplained};
      if (leaves_no_trace && expected.rule == agreement) expected.rule = no_trace;
      expected.records.push_back(leaves_no_trace ? fields_of(view, record) : *next++);
    } else if (is_shown && !leaves_no_trace) {
      if (next == theirs->end()) return {.rule = unexplained};
      if (expected.rule == agreement) expected.rule = others_left_out;
      ++next;
    }
  }
  if (next != theirs->end()) expected.rule = unexplained;
  return expected;
}

std::vector<std::string_view> rules_for(RrType type) {
  const bool whole = cares::reads_whole_messages();
  std::vector<std::string_view> rules{others_left_out};
  for (const Strictness& row : strictness) {
    if (!whole || !row.only_before_whole_messages) rules.push_back(row.rule);
  }
  for (const Leniency& row : leniency) {
    const bool is_needed = whole || !row.needs_whole_messages;
    if (is_needed && row.type.value_or(type) == type) rules.push_back(row.rule);
  }
  if (type == RrType::txt && !whole) rules.push_back(no_trace);
  return rules;
}

}  // namespace persist::dns
