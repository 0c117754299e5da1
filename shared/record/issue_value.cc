#include "record/issue_value.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "base/printable_run.h"

namespace persist::record {
namespace {

constexpr std::array<bool, 256> make_label_octets() {
  std::array<bool, 256> allowed{};
  for (std::size_t c = 0; c < 128; ++c) {
    allowed[c] = is_alphanumeric(static_cast<char>(c)) || c == '-';
  }
  return allowed;
}
constexpr std::array<bool, 256> label_octets = make_label_octets();

bool is_label_octet(char c) {
  return label_octets[static_cast<unsigned char>(c)];
}

/// A letter or digit, then letters, digits and hyphens, the last one no hyphen.
bool is_label(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), is_label_octet);
}

/// The place of the first octet that no value may have, its size if there is none: a value is
/// printable ASCII without the blank, and a piece holds no semicolon.
std::size_t find_bad_octet(std::string_view value) {
  return printable_run<' '>(value);
}

bool is_java_space(char c) {
  return is_blank(c) || (c >= '\n' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
}

std::string_view trim_java(std::string_view text) {
  while (!text.empty() && is_java_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_java_space(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t offset_in(std::string_view whole, std::string_view part) {
  return static_cast<std::size_t>(part.data() - whole.data());
}

}  // namespace

std::string_view trim(std::string_view text, WhiteSpace white_space) {
  return white_space == WhiteSpace::blank ? persist::trim(text) : trim_java(text);
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
  const std::string_view text = trimmed(text_.substr(position_, end - position_));
  at_end_ = end == text_.size();
  position_ = end + 1;
  const std::size_t equals = text.find('=');
  const bool has_equals = equals != std::string_view::npos;
  const std::string_view value =
      has_equals ? trimmed(text.substr(equals + 1)) : text.substr(text.size());
  return Piece{.text = text,
               .tag = trimmed(text.substr(0, equals)),
               .value = value,
               .has_equals = has_equals,
               .offset = offset_in(text_, text),
               .value_offset = offset_in(text_, value)};
}

bool is_issuer_domain_name(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_parameter_value(std::string_view text) {
  return find_bad_octet(text) == text.size();
}

std::optional<SyntaxFault> check_piece(const Piece& piece, const ReadingRules& rules) {
  using Code = SyntaxErrorCode;
  if (piece.text.empty()) return SyntaxFault{Code::empty_parameter, piece.offset};
  if (!piece.has_equals) return SyntaxFault{Code::missing_equals, piece.offset};
  if (piece.tag.empty()) return SyntaxFault{Code::empty_tag, piece.offset};
  if (rules.checks_tags && !is_label(piece.tag)) return SyntaxFault{Code::bad_tag, piece.offset};
  const std::size_t bad = find_bad_octet(piece.value);
  if (bad == piece.value.size()) return {};
  return SyntaxFault{Code::bad_value, piece.value_offset + bad};
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
    if (const auto fault = check_piece(*piece, {})) {
      return Unexpected(SyntaxError{.code = fault->code,
                                    .offset = fault->offset,
                                    .issuer_domain_name = value.issuer_domain_name});
    }
    value.parameters.push_back({std::string(piece->tag), std::string(piece->value)});
  }
  return value;
}

}  // namespace persist::record
