#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "record/reading_rules.h"
#include "record/syntax_error.h"

namespace persist::record {

/// `text` without white space at either end.
std::string_view trim(std::string_view text, WhiteSpace white_space);

/// One `;`-separated piece behind the issuer, cut but not judged; views into the text.
struct Piece {
  std::string_view text;   ///< without the white space around it
  std::string_view tag;    ///< before the first `=`; all of it if there is none
  std::string_view value;  ///< behind the first `=`
  bool has_equals = false;
  std::size_t offset = 0;        ///< of `text` in the whole value
  std::size_t value_offset = 0;  ///< of `value` in the whole value
};

/// Cuts values into issuer and pieces, without judging anything: what the strict reading, the
/// readings of the CAs and the search for near misses have in common.
class PieceReader {
 public:
  explicit PieceReader(std::string_view text, WhiteSpace white_space = WhiteSpace::blank);

  std::string_view issuer() const { return issuer_; }  ///< before the first `;`, trimmed
  std::size_t issuer_offset() const { return issuer_offset_; }
  bool has_semicolon() const { return has_semicolon_; }
  bool has_pieces() const {
    return has_pieces_;
  }  ///< something but white space follows the first `;`

  /// The next piece; empty at the end. Empty pieces are handed out too.
  std::optional<Piece> next();

 private:
  std::string_view trimmed(std::string_view part) const { return trim(part, white_space_); }

  std::string_view text_;
  std::string_view issuer_;
  std::size_t issuer_offset_ = 0;
  std::size_t position_ = 0;
  WhiteSpace white_space_;
  bool has_semicolon_ = false;
  bool has_pieces_ = false;
  bool at_end_ = true;
};

struct Parameter {
  std::string tag;
  std::string value;
  bool operator==(const Parameter&) const = default;
};

/// An issuer-domain-name and parameters. Source: RFC 8659 section 4.2.
struct IssueValue {
  std::string issuer_domain_name;  ///< empty if there is none
  std::vector<Parameter> parameters{};
  bool operator==(const IssueValue&) const = default;
};

/// Reads exactly the grammar of RFC 8659 section 4.2: no meaning, duplicates allowed.
Expected<IssueValue, SyntaxError> parse_issue_value(std::string_view text);

/// True if `text` is `label *("." label)`.
bool is_issuer_domain_name(std::string_view text);

/// True if `text` may stand behind the `=` of a parameter, which it ends at the next semicolon.
bool is_parameter_value(std::string_view text);

/// The first fault of a piece under `rules`, duplicates and meaning apart; offset within the whole
/// value.
std::optional<SyntaxFault> check_piece(const Piece& piece, const ReadingRules& rules);

}  // namespace persist::record
