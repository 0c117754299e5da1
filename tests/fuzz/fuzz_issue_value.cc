// The grammar of RFC 8659 section 4.2: parse_issue_value against the pieces it is made of.
#include <string>

#include "record/issue_value.h"
#include "require.h"

namespace {

using namespace persist::record;
using persist::fuzzing::require;

std::string canonical(const IssueValue& value) {
  std::string text = value.issuer_domain_name;
  for (const Parameter& parameter : value.parameters) {
    text += ";" + parameter.tag + "=" + parameter.value;
  }
  return text;
}

void check_pieces_lie_in_text(std::string_view text, WhiteSpace white_space) {
  PieceReader pieces(text, white_space);
  require(text.substr(pieces.issuer_offset(), pieces.issuer().size()) == pieces.issuer());
  std::size_t last = 0;
  while (const auto piece = pieces.next()) {
    require(text.substr(piece->offset, piece->text.size()) == piece->text);
    require(text.substr(piece->value_offset, piece->value.size()) == piece->value);
    require(piece->offset >= last && piece->value_offset >= piece->offset);
    require(piece->has_equals == (piece->text.find('=') != std::string_view::npos));
    require(piece->text.find(';') == std::string_view::npos);
    last = piece->offset;
  }
}

/// Walks the pieces along with what was read of them.
void check_value(std::string_view text, const persist::Expected<IssueValue, SyntaxError>& value) {
  PieceReader pieces(text);
  const std::string_view issuer = pieces.issuer();
  const bool issuer_is_good = issuer.empty() || is_issuer_domain_name(issuer);
  require(issuer == (value ? value->issuer_domain_name : value.error().issuer_domain_name));
  if (!issuer_is_good) {
    require(!value && value.error().code == SyntaxErrorCode::bad_issuer);
    return;
  }
  std::size_t count = 0;
  while (const auto piece = pieces.next()) {
    if (const auto fault = check_piece(*piece, {})) {
      require(!value && value.error().code == fault->code && value.error().offset == fault->offset);
      require(fault->offset <= text.size());
      return;
    }
    if (!value) {
      ++count;
      continue;
    }
    require(count < value->parameters.size());
    require(value->parameters[count].tag == piece->tag);
    require(value->parameters[count].value == piece->value);
    ++count;
  }
  require(value.has_value() && count == value->parameters.size());
  require(parse_issue_value(canonical(*value)) == value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  check_pieces_lie_in_text(text, WhiteSpace::blank);
  check_pieces_lie_in_text(text, WhiteSpace::java);
  check_value(text, parse_issue_value(text));
  return 0;
}
