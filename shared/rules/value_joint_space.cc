#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "rules/pieces.h"
#include "rules/rule.h"
#include "rules/swallowed.h"

namespace persist::rules {
namespace {

bool is_separator(char c) {
  return c == ';' || c == '=';
}

/// The blanks on both sides of `joint`, perhaps none.
report::ValueSpan blanks_around(const Anatomy& record, std::size_t joint) {
  std::size_t start = joint;
  std::size_t end = joint;
  while (start > 0 && is_blank(record.text[start - 1])) --start;
  while (end < record.text.size() && is_blank(record.text[end])) ++end;
  return record.place(start, end - start);
}

/// True if the blanks part two pieces of one token.
bool cuts_token(const Anatomy& record, const report::ValueSpan& blanks) {
  const std::size_t end = blanks.offset + blanks.length;
  if (blanks.length == 0 || blanks.offset == 0 || end == record.text.size()) return false;
  if (is_separator(record.text[blanks.offset - 1]) || is_separator(record.text[end])) return false;
  // A missing `;` is another fault.
  const std::string_view rest = record.text.substr(end);
  return known_tag(trim(rest.substr(0, rest.find('=')))).empty();
}

std::optional<Finding> find_in(const Anatomy& record) {
  std::size_t joint = 0;
  std::size_t seen = 0;
  for (const std::string& part : record.judgement->found.character_strings) {
    joint += part.size();
    if (joint <= seen) continue;  // within blanks that were looked at
    const report::ValueSpan blanks = blanks_around(record, joint);
    seen = blanks.offset + blanks.length;
    if (!cuts_token(record, blanks)) continue;
    return Finding{
        .message = fmt::format("a blank at the border of two strings cuts the value in front of {}",
                               quote(record.text.substr(seen), 40)),
        .span = blanks};
  }
  return {};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

void cut_with_blank(Subject& subject) {
  subject.answers.front().rrset = {
      {.character_strings = {"ca.example; accounturi=https://ca.exam", " ple/acct/1"}}};
}

}  // namespace

extern const Rule value_joint_space{
    .id = "DP214",
    .name = "value-joint-space",
    .level = Level::error,
    .title = "a blank at the border of two strings cuts a value",
    .rationale =
        "The strings of one TXT record are joined without anything between them, so a blank at the "
        "end of one or "
        "at the start of the next stays. Inside a value it makes the record malformed.",
    .remedy = "Cut the value behind a semicolon, or without a blank.",
    .citation = "draft-ietf-acme-dns-persist-02, section 9.1; RFC 8659, section 4.2",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
         .bad = {"ca.example; accounturi=https://ca.exam ple/acct/1"},
         .spoil = cut_with_blank,
         .note =
             "The bad example consists of two strings, the second of which begins with the blank."},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
