#include "record/issue_value.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace persist::record {
namespace {

constexpr std::array<bool, 256> make_value_octets() {
  std::array<bool, 256> allowed{};
  for (std::size_t c = 0x21; c <= 0x7E; ++c) allowed[c] = c != 0x3B;
  return allowed;
}
constexpr std::array<bool, 256> value_octets = make_value_octets();

bool is_value_octet(char c) { return value_octets[static_cast<unsigned char>(c)]; }

/// A letter or digit, then letters, digits and hyphens, the last one no hyphen.
bool is_label(std::string_view text) {
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_java_space(char c) {
  return is_blank(c) || (c >= '\n' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
}

std::size_t offset_in(std::string_view whole, std::string_view part) {
  return static_cast<std::size_t>(part.data() - whole.data());
}

}  // namespace

std::string_view trim(std::string_view text, WhiteSpace white_space) {
  if (white_space == WhiteSpace::blank) return persist::trim(text);
  while (!text.empty() && is_java_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_java_space(text.back())) text.remove_suffix(1);
  return text;
}

PieceReader::PieceReader(std::string_view text, WhiteSpace white_space)
    : text_(text), white_space_(white_space) {
  const std::size_t semicolon = text.find(';');
  issuer_ = trimmed(text.substr(0, semicolon));
  issuer_offset_ = offset_in(text_, issuer_);
  if (semicolon == std::string_view::npos) return;
  has_semicolon_ = true;
  position_ = semicolon + 1;
  has_pieces_ = !trimmed(text.substr(position_)).empty();
  at_end_ = !has_pieces_;
}


std::optional<Piece> PieceReader::next() {
  if (at_end_) return {};
  const std::size_t end = std::min(text_.find(';', position_), text_.size());
  Piece piece;
  piece.text = trimmed(text_.substr(position_, end - position_));
  piece.offset = offset_in(text_, piece.text);
  const std::size_t equals = piece.text.find('=');
  piece.has_equals = equals != std::string_view::npos;
  piece.tag = trimmed(piece.text.substr(0, equals));
  piece.value = piece.has_equals ? trimmed(piece.text.substr(equals + 1))
                                 : piece.text.substr(piece.text.size());
  piece.value_offset = offset_in(text_, piece.value);
  at_end_ = end == text_.size();
  position_ = end + 1;
  return piece;
}

bool is_issuer_domain_name(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::optional<SyntaxError> check_piece(const Piece& piece, const ReadingRules& rules) {
  const auto fault = [](SyntaxErrorCode code, std::size_t offset) {
    return SyntaxError{.code = code, .offset = offset};
  };
  if (piece.text.empty()) return fault(SyntaxErrorCode::empty_parameter, piece.offset);
  if (!piece.has_equals) return fault(SyntaxErrorCode::missing_equals, piece.offset);
  if (piece.tag.empty()) return fault(SyntaxErrorCode::empty_tag, piece.offset);
  if (rules.checks_tags && !is_label(piece.tag)) return fault(SyntaxErrorCode::bad_tag, piece.offset);
  const auto bad = std::find_if_not(piece.value.begin(), piece.value.end(), is_value_octet);
  if (bad == piece.value.end()) return {};
  return fault(SyntaxErrorCode::bad_value,
               piece.value_offset + static_cast<std::size_t>(bad - piece.value.begin()));
}

Expected<IssueValue, SyntaxError> parse_issue_value(std::string_view text) {
  PieceReader pieces(text);
  IssueValue value{.issuer_domain_name = std::string(pieces.issuer())};
  if (!value.issuer_domain_name.empty() && !is_issuer_domain_name(value.issuer_domain_name)) {
    return Unexpected(SyntaxError{.code = SyntaxErrorCode::bad_issuer,
                                  .offset = pieces.issuer_offset(),
                                  .issuer_domain_name = value.issuer_domain_name});
  }
  while (const auto piece = pieces.next()) {
    if (auto error = check_piece(*piece, {})) {
      error->issuer_domain_name = value.issuer_domain_name;
      return Unexpected(*std::move(error));
    }
    value.parameters.push_back({std::string(piece->tag), std::string(piece->value)});
  }
  return value;
}

}  // namespace persist::record
