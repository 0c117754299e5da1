#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/pieces.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::string_view without_outer_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// What a CA that splits the escaped text finds between the `;` and the `=`: only SP is white space
/// there.
std::string_view tag_in_escaped_text(const Anatomy& record, const record::Piece& piece) {
  std::size_t start = piece.offset;
  while (start > 0 && record.text[start - 1] != ';') --start;
  const std::size_t end = record.text.find('=', piece.offset);
  return without_outer_blanks(record.text.substr(start, end - start));
}

bool is_disarmed(const Anatomy& record, const record::Piece& piece) {
  if (!piece.has_equals || meant_tag(piece.tag).empty()) return false;
  return known_tag(tag_in_escaped_text(record, piece)).empty();
}

std::string_view effect(std::string_view tag) {
  if (tag == record::persist_until_tag) return "so the record never expires there";
  if (tag == record::policy_tag) return "so the record covers no wildcard name there";
  return "and refuses the record";
}

std::optional<Finding> find_in(const Anatomy& record) {
  const auto found =
      find_pieces(record, [&](const record::Piece& piece) { return is_disarmed(record, piece); });
  if (!found) return {};
  const std::string_view tag = meant_tag(found->first->tag);
  return Finding{.message = fmt::format("{} is not the tag {} for a CA that reads the escaped "
                                        "text: it ignores the parameter, {}{}",
                                        quote_as_ascii(tag_in_escaped_text(record, *found->first)),
                                        tag, effect(tag), found->more()),
                 .span = record.span(*found->first)};
}

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  return find_in_meant(records, find_in);
}

}  // namespace

extern const Rule parameter_disarmed{
    .id = "DP212",
    .name = "parameter-disarmed",
    .level = Level::error,
    .title = "an odd octet beside a tag takes the effect from the parameter",
    .rationale =
        "The software of Let's Encrypt judges the text as its DNS library prints it, where a tab "
        "is \\009 and a "
        "quote \\\", and ignores every tag that it does not know. A persistUntil or a policy with "
        "a tab, a "
        "control or non-ASCII octet, a quote, a backslash or an inner blank beside or in its tag "
        "is then gone "
        "without any error, and an expired record goes on to authorise.",
    .remedy = "Write the tag with nothing but a plain blank in front of it.",
    .citation =
        "RFC 8659, section 4.2; draft-ietf-acme-dns-persist-02, section 4.1 item 1; Boulder, "
        "va/dns_persist.go",
    .example =
        {.good = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil=1830297600"},
         .bad = {"ca.example; accounturi=https://ca.example/acct/1; persistUntil\t=1830297600"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
