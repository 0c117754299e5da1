#include <fmt/format.h>

#include <algorithm>

#include "rules/pieces.h"
#include "rules/rule.h"
#include "rules/swallowed.h"

namespace persist::rules {
namespace {

bool is_line_break(char c) {
  return c >= '\n' && c <= '\r';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || is_line_break(c);
}

std::string_view describe(std::string_view spaces) {
  if (std::any_of(spaces.begin(), spaces.end(), is_line_break)) return "a line break";
  if (spaces.find('\t') != std::string_view::npos) return "a tab";
  return spaces.size() > 1 ? "more than one blank" : "a blank";
}

/// Looks along a record for white space that a canonical record does not have; keeps the first.
class SpaceFinder {
 public:
  explicit SpaceFinder(const Anatomy& record) : record_(record) {}

  std::optional<Finding> find() {
    const std::size_t end_of_issuer = record_.issuer_offset + record_.issuer.size();
    look_between(0, record_.issuer_offset, "in front of the issuer");
    look_inside(record_.issuer_offset, end_of_issuer, "inside the issuer");
    look_between(end_of_issuer, end_of_part(end_of_issuer), "behind the issuer");
    for (const record::Piece& piece : record_.pieces) {
      if (found_) break;
      if (!piece.text.empty()) look_at(piece);
    }
    return std::move(found_);
  }

 private:
  /// The next `;` or the end.
  std::size_t end_of_part(std::size_t from) const {
    return std::min(record_.text.find(';', from), record_.text.size());
  }

  void look_at(const record::Piece& piece) {
    const std::size_t end = piece.offset + piece.text.size();
    std::size_t start = piece.offset;
    while (record_.text[start - 1] != ';') --start;
    if (record_.text.substr(start, piece.offset - start) != " ") {
      look_between(start, piece.offset, "behind a `;`");
    }
    if (piece.has_equals) {
      const std::size_t end_of_tag = piece.offset + piece.tag.size();
      const std::size_t equals = record_.text.find('=', end_of_tag);
      look_inside(piece.offset, end_of_tag, "inside a tag");
      look_between(end_of_tag, equals, "in front of `=`");
      look_between(equals + 1, piece.value_offset, "behind `=`");
      look_inside(piece.value_offset, end, "inside a value");
    } else {
      look_inside(piece.offset, end, "inside a parameter");
    }
    look_between(end, end_of_part(end), "behind a parameter");
  }

  void look_between(std::size_t start, std::size_t end, std::string_view where) {
    if (!found_ && start < end) keep(start, end, where);
  }

  void look_inside(std::size_t start, std::size_t end, std::string_view where) {
    const std::string_view text = record_.text.substr(start, end - start);
    // A blank in front of a parameter that lacks its semicolon is another fault.
    if (find_swallowed_tag(text)) return;
    const auto* const first = std::find_if(text.begin(), text.end(), is_space);
    if (found_ || first == text.end()) return;
    const auto* const last = std::find_if_not(first, text.end(), is_space);
    const auto offset = start + static_cast<std::size_t>(first - text.begin());
    keep(offset, offset + static_cast<std::size_t>(last - first), where);
  }

  void keep(std::size_t start, std::size_t end, std::string_view where) {
    found_ = Finding{
        .message = fmt::format("{} {}", describe(record_.text.substr(start, end - start)), where),
        .span = record_.place(start, end - start)};
  }

  const Anatomy& record_;
  std::optional<Finding> found_;
};

/// True if the CA would judge otherwise without any white space.
bool is_decisive(const Subject& subject, const Anatomy& record) {
  if (!record.judgement->reason) return false;
  std::string repaired;
  std::remove_copy_if(record.text.begin(), record.text.end(), std::back_inserter(repaired),
                      is_space);
  return reason_of(subject, record, repaired) != record.judgement->reason;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return find_in_meant(records, [&](const Anatomy& record) {
    auto finding = SpaceFinder(record).find();
    if (finding) finding->decisive = is_decisive(subject, record);
    return finding;
  });
}

}  // namespace

extern const Rule value_whitespace{
    .id = "DP210",
    .name = "value-whitespace",
    .level = Level::profile,
    .title = "white space other than one blank behind a semicolon",
    .rationale =
        "Inside the issuer, a tag or a value a blank is malformed everywhere. Around the "
        "separators the grammar "
        "allows blanks and tabs, but Let's Encrypt's software does not take a tab for white space.",
    .remedy = "Leave one blank behind each semicolon and none elsewhere.",
    .citation = "RFC 8659, section 4.2; Boulder, va/dns_persist.go",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/ acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
