#include "record/persist_record.h"

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/printable_run.h"
#include "record/issue_value.h"
#include "record/persist_until.h"

namespace persist::record {
namespace {

bool is_tag(std::string_view tag, std::string_view known, const ReadingRules& rules) {
  return rules.folds_tag_case ? equals_ignoring_case(tag, known) : tag == known;
}

/// Takes one piece after the other and keeps what has a meaning.
class RecordBuilder {
 public:
  RecordBuilder(PersistRecord& record, const ReadingRules& rules)
      : rules_(rules), record_(record) {}

  std::optional<SyntaxFault> take(const Piece& piece) {
    if (const auto fault = check_piece(piece, rules_)) return fault;
    if (is_tag(piece.tag, accounturi_tag, rules_)) return take_accounturi(piece);
    if (rules_.knows_policy && is_tag(piece.tag, policy_tag, rules_)) return take_policy(piece);
    if (is_tag(piece.tag, persist_until_tag, rules_)) return take_persist_until(piece);
    if (!rules_.refuses_duplicate_unknown) return {};
    return first_time(unknown_tags_.insert(to_lower(piece.tag)).second, piece);
  }

  bool has_accounturi() const { return has_accounturi_; }

 private:
  static std::optional<SyntaxFault> first_time(bool is_first, const Piece& piece) {
    if (is_first) return {};
    return SyntaxFault{SyntaxErrorCode::duplicate_parameter, piece.offset};
  }

  std::optional<SyntaxFault> take_accounturi(const Piece& piece) {
    if (has_accounturi_) return first_time(false, piece);
    if (piece.value.empty())
      return SyntaxFault{SyntaxErrorCode::accounturi_empty, piece.value_offset};
    has_accounturi_ = true;
    record_.accounturi = piece.value;
    return {};
  }

  std::optional<SyntaxFault> take_policy(const Piece& piece) {
    const bool first = !std::exchange(has_policy_, true);
    record_.allows_wildcard = equals_ignoring_case(piece.value, wildcard_policy);
    return first_time(first, piece);
  }

  std::optional<SyntaxFault> take_persist_until(const Piece& piece) {
    if (record_.persist_until) return first_time(false, piece);
    const auto time = parse_persist_until(piece.value, rules_.persist_until);
    if (!time) return SyntaxFault{time.error().code, piece.value_offset + time.error().offset};
    record_.persist_until = *time;
    return {};
  }

  const ReadingRules& rules_;
  PersistRecord& record_;
  bool has_accounturi_ = false;
  bool has_policy_ = false;
  std::set<std::string> unknown_tags_;  // ordered: tags cannot be chosen to collide
};

std::string_view without_outer_quotes(std::string_view text, WhiteSpace white_space) {
  text = trim(text, white_space);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
  return text.substr(1, text.size() - 2);
}

bool is_acceptable_issuer(std::string_view issuer, const ReadingRules& rules) {
  if (issuer.empty()) return true;  // legal in the grammar; nobody's record
  if (rules.issuer_final_dot == FinalDot::accepted && issuer.back() == '.') issuer.remove_suffix(1);
  return is_issuer_domain_name(issuer);
}

/// Fills `record`; its issuer is there already.
std::optional<SyntaxFault> read(PieceReader& pieces, const ReadingRules& rules, std::size_t end,
                                PersistRecord& record) {
  if (!is_acceptable_issuer(record.issuer_domain_name, rules)) {
    return SyntaxFault{SyntaxErrorCode::bad_issuer, pieces.issuer_offset()};
  }
  if (rules.empty_rest_is_parameter && pieces.has_semicolon() && !pieces.has_pieces()) {
    return SyntaxFault{SyntaxErrorCode::empty_parameter, end};
  }
  RecordBuilder builder(record, rules);
  while (const auto piece = pieces.next()) {
    if (const auto fault = builder.take(*piece)) return fault;
  }
  if (!builder.has_accounturi()) return SyntaxFault{SyntaxErrorCode::accounturi_missing, end};
  return {};
}

}  // namespace

Expected<PersistRecord, SyntaxError> parse_record(std::string_view text,
                                                  const ReadingRules& rules) {
  const std::string_view value =
      rules.strips_outer_quotes ? without_outer_quotes(text, rules.white_space) : text;
  PieceReader pieces(value, rules.white_space);
  Expected<PersistRecord, SyntaxError> result =
      PersistRecord{.issuer_domain_name = std::string(pieces.issuer()), .accounturi = {}};
  if (const auto fault = read(pieces, rules, value.size(), *result)) {
    const auto skipped = static_cast<std::size_t>(value.data() - text.data());
    result = Unexpected(SyntaxError{.code = fault->code,
                                    .offset = fault->offset + skipped,
                                    .issuer_domain_name = std::string(pieces.issuer())});
  }
  return result;
}

namespace {

std::size_t escaped_length(char c) {
  const auto octet = static_cast<unsigned char>(c);
  if (octet < 0x20 || octet > 0x7E) return 4;
  return c == '"' || c == '\\' ? 2 : 1;
}

}  // namespace

bool needs_escape(std::string_view octets) {
  return printable_run<'"', '\\'>(octets) < octets.size();
}

std::string to_escaped_text(std::string_view octets) {
  std::string text;
  text.reserve(octets.size());
  for (const char c : octets) {
    const std::size_t length = escaped_length(c);
    if (length > 1) text += '\\';
    if (length < 4) {
      text += c;
      continue;
    }
    const unsigned value = static_cast<unsigned char>(c);
    for (const unsigned place : {100U, 10U, 1U})
      text += static_cast<char>('0' + value / place % 10);
  }
  return text;
}

std::size_t offset_in_octets(std::string_view octets, std::size_t offset) {
  std::size_t escaped = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    escaped += escaped_length(octets[i]);
    if (offset < escaped) return i;
  }
  return octets.size();
}

}  // namespace persist::record
