#include "rules/anatomy.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/printable_run.h"
#include "record/persist_record.h"
#include "report/method_text.h"
#include "rules/account_fault.h"
#include "rules/issuer_fault.h"
#include "rules/near_miss.h"

namespace persist::rules {
namespace {

using record::Piece;

constexpr std::size_t longest_character_string = 255;
/// Up to here a persistUntil is a time that people mean: 11 digits reach the year 5138.
constexpr std::size_t longest_plain_time = 11;

constexpr std::array known_tags{record::accounturi_tag, record::policy_tag,
                                record::persist_until_tag};

bool is_plain_time(std::string_view value) {
  return value.size() <= longest_plain_time && value.front() != '0' &&
         std::all_of(value.begin(), value.end(), [](char c) { return is_digit(c); });
}

bool is_plain_value(std::string_view tag, std::string_view value) {
  if (value.empty() || contains(value, " ")) return false;
  if (tag == record::policy_tag) return value == record::wildcard_policy;
  return tag != record::persist_until_tag || is_plain_time(value);
}

/// `tag=value` with an exact tag that was not there before.
bool is_plain_piece(const Piece& piece, std::array<bool, known_tags.size()>& seen) {
  if (piece.tag.size() + 1 + piece.value.size() != piece.text.size()) return false;
  const auto at = std::find(known_tags.begin(), known_tags.end(), piece.tag);
  if (at == known_tags.end()) return false;
  return !std::exchange(seen[static_cast<std::size_t>(at - known_tags.begin())], true) &&
         is_plain_value(piece.tag, piece.value);
}

bool is_plain(const Anatomy& anatomy) {
  const auto& strings = anatomy.judgement->found.character_strings;
  if (!anatomy.is_ours || anatomy.issuer_offset != 0 ||
      !record::is_issuer_domain_name(anatomy.issuer) ||
      std::any_of(anatomy.issuer.begin(), anatomy.issuer.end(),
                  [](char c) { return is_upper(c); }) ||
      record::needs_escape(anatomy.text) ||
      std::any_of(strings.begin(), strings.end(),
                  [](const auto& part) { return part.size() > longest_character_string; })) {
    return false;
  }
  std::size_t position = anatomy.issuer.size();
  std::array<bool, known_tags.size()> seen{};
  for (const Piece& piece : anatomy.pieces) {
    // One `;` and at most one blank.
    if (piece.offset - position > 2 || !is_plain_piece(piece, seen)) return false;
    position = piece.offset + piece.text.size();
  }
  return seen[0] && position == anatomy.text.size();
}

Anatomy take_apart(const survey::Subject& subject, std::size_t index) {
  Anatomy anatomy{.record = index, .judgement = &subject.evaluation.judgements[index]};
  const auto& strings = anatomy.judgement->found.character_strings;
  if (strings.size() == 1) {
    anatomy.text = strings.front();
  } else {
    anatomy.joined = std::make_unique<const std::string>(anatomy.judgement->found.text());
    anatomy.text = *anatomy.joined;
  }
  record::PieceReader reader(anatomy.text);
  anatomy.issuer = reader.issuer();
  anatomy.issuer_offset = reader.issuer_offset();
  anatomy.has_semicolon = reader.has_semicolon();
  anatomy.pieces.reserve(known_tags.size());
  while (const auto piece = reader.next()) anatomy.pieces.push_back(*piece);
  anatomy.is_ours = anatomy.judgement->reason != record::Reason::issuer_mismatch;
  anatomy.is_plain = is_plain(anatomy);
  // What may be anybody's secret is never quoted, whatever it resembles.
  anatomy.looks_meant_for_us =
      anatomy.is_plain || (report::is_of_this_method(anatomy.text) &&
                           (anatomy.is_ours || is_near_miss(anatomy, subject)));
  anatomy.account_fault = find_fault_of_account(subject, anatomy);
  if (!anatomy.is_plain) anatomy.issuer_fault = find_fault_of_issuer(subject, anatomy);
  return anatomy;
}

}  // namespace

const Piece* Anatomy::find(std::string_view tag) const {
  const auto at = std::find_if(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    return equals_ignoring_case(piece.tag, tag);
  });
  return at == pieces.end() ? nullptr : &*at;
}

report::ValueSpan Anatomy::whole() const {
  return place(0, text.size());
}

report::ValueSpan Anatomy::issuer_span() const {
  return place(issuer_offset, issuer.size());
}

report::ValueSpan Anatomy::span(const Piece& piece) const {
  return place(piece.offset, piece.text.size());
}

report::ValueSpan Anatomy::value_span(const Piece& piece) const {
  return place(piece.value_offset, piece.value.size());
}

report::ValueSpan Anatomy::place(std::size_t offset, std::size_t length) const {
  return {.record = record, .offset = offset, .length = length};
}

std::string_view Anatomy::octets(const report::ValueSpan& place) const {
  return text.substr(place.offset, place.length);
}

std::vector<report::ValueSpan> Anatomy::meaningful_parts() const {
  std::vector<report::ValueSpan> parts{issuer_span()};
  for (const Piece& piece : pieces) {
    if (!meant_tag(piece.tag).empty()) parts.push_back(span(piece));
  }
  return parts;
}

std::vector<Anatomy> dissect(const survey::Subject& subject) {
  std::vector<Anatomy> records;
  const std::size_t count = subject.evaluation.judgements.size();
  records.reserve(count);
  for (std::size_t i = 0; i < count; ++i) records.push_back(take_apart(subject, i));
  return records;
}

std::string_view known_tag(std::string_view tag) {
  const auto at = std::find_if(known_tags.begin(), known_tags.end(), [&](std::string_view known) {
    return equals_ignoring_case(tag, known);
  });
  return at == known_tags.end() ? std::string_view() : *at;
}

std::string_view meant_tag(std::string_view tag) {
  std::string clean;
  std::copy_if(tag.begin(), tag.end(), std::back_inserter(clean), [](char c) {
    return printable_run<'"', '\\', ' '>({&c, 1}) == 1;
  });
  return known_tag(clean);
}

std::optional<record::Reason> reason_of(const survey::Subject& subject, const Anatomy& original,
                                        std::string_view octets) {
  const auto& name = subject.required.identifier.name;
  const auto& place = original.judgement->validated_fqdn;
  std::vector<record::NameAnswer> answers;
  if (place != name) answers.push_back({name, record::DnsOutcome::nodata});
  answers.push_back(
      {place, record::DnsOutcome::answered, {{.character_strings = {std::string(octets)}}}});
  return record::evaluate(answers, subject.required, *subject.ca, subject.now)
      .judgements.back()
      .reason;
}

}  // namespace persist::rules
