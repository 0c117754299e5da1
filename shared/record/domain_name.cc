#include "record/domain_name.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "record/a_label.h"

namespace persist::record {
namespace {

constexpr std::size_t longest_label_octets = 63;

bool is_name_octet(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

enum class Octet : std::uint8_t { other, letter_or_digit, hyphen, dot };

constexpr auto octets = [] {
  std::array<Octet, 256> kinds{};
  for (unsigned char c = '0'; c <= 'z'; ++c) {
    const char octet = static_cast<char>(c);
    if ((is_alphanumeric(octet) && !is_upper(octet)) || octet == '_')
      kinds[c] = Octet::letter_or_digit;
  }
  kinds['-'] = Octet::hyphen;
  kinds['.'] = Octet::dot;
  return kinds;
}();

bool is_number(std::string_view label) {
  return std::all_of(label.begin(), label.end(), is_digit);
}

/// True only for names that are in their final form and without A-labels, as nearly all are.
bool is_normal(std::string_view text) {
  std::size_t begin = 0;  // of the last label
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Octet octet = octets[static_cast<unsigned char>(text[i])];
    if (octet == Octet::letter_or_digit) continue;
    const std::size_t length = i - begin;
    if (octet == Octet::other || length == 0) return false;
    if (octet == Octet::hyphen && length == 3 && text[i - 1] == '-') return false;  // as in `xn--`
    if (octet == Octet::dot) {
      if (length > longest_label_octets || text[i - 1] == '-') return false;
      begin = i + 1;
    }
  }
  const std::string_view last = text.substr(begin);
  return text.size() <= longest_name_octets && last.size() <= longest_label_octets &&
         !is_number(last) && last.back() != '-';
}

std::optional<NameError> check_label(std::string_view label, std::size_t offset) {
  if (label.empty()) return NameError{NameErrorCode::empty_label, offset};
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (label[i] == '*') return NameError{NameErrorCode::misplaced_star, offset + i};
    if (!is_name_octet(label[i])) return NameError{NameErrorCode::bad_character, offset + i};
  }
  if (label.front() == '-' || label.back() == '-') {
    return NameError{NameErrorCode::hyphen_at_edge, offset};
  }
  if (label.size() > longest_label_octets) return NameError{NameErrorCode::label_too_long, offset};
  if (check_a_label(label) == ALabel::malformed) {
    return NameError{NameErrorCode::not_idna, offset};
  }
  return {};
}

/// `text` holds no final dot.
std::optional<NameError> check_labels(std::string_view text) {
  std::size_t start = 0;
  for (;;) {
    const std::size_t dot = std::min(text.find('.', start), text.size());
    const std::string_view label = text.substr(start, dot - start);
    if (const auto error = check_label(label, start)) return error;
    if (dot == text.size()) {
      if (is_number(label)) return NameError{NameErrorCode::ip_address, 0};
      return {};
    }
    start = dot + 1;
  }
}

/// One colon stands before a port.
bool is_ipv6_like(std::string_view text) {
  return std::count(text.begin(), text.end(), ':') > 1 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f') || c == ':' || c == '.';
         });
}

bool is_ascii(char c) {
  return static_cast<signed char>(c) >= 0;
}

/// Faults of the ASCII octets of a name with U-labels: the library tells no place, and a NUL would
/// end its string early and hide what follows.
std::optional<NameError> check_ascii_octets(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool after_dot = i == 0 || text[i - 1] == '.';
    if (text[i] == '.' && after_dot) return NameError{NameErrorCode::empty_label, i};
    if (text[i] == '*') return NameError{NameErrorCode::misplaced_star, i};
    if (is_ascii(text[i]) && text[i] != '.' && !is_name_octet(text[i])) {
      return NameError{NameErrorCode::bad_character, i};
    }
  }
  return {};
}

Expected<std::string, NameError> to_ascii(std::string_view text) {
  if (const auto error = check_ascii_octets(text)) return Unexpected(*error);
  auto converted = to_a_labels(text);
  if (!converted) return Unexpected(NameError{converted.error(), 0});
  return *std::move(converted);
}

}  // namespace

Expected<DomainName, NameError> DomainName::parse(std::string_view text) {
  if (is_normal(text)) return DomainName(std::string(text));
  if (is_ipv6_like(text)) return Unexpected(NameError{NameErrorCode::ip_address});
  // U-labels are longer than A-labels at most by a small factor; this bounds the library's work.
  if (text.size() > 4 * longest_name_octets) return Unexpected(NameError{NameErrorCode::too_long});
  std::string name;
  const bool ascii = std::all_of(text.begin(), text.end(), is_ascii);
  if (ascii) {
    name = to_lower(text);
  } else {
    auto converted = to_ascii(text);
    if (!converted) return Unexpected(converted.error());
    name = to_lower(*converted);
  }
  // The mapping drops characters and knows other dots.
  if (name.empty() || name == ".") return Unexpected(NameError{NameErrorCode::empty});
  if (name.back() == '.') name.pop_back();
  if (const auto error = check_labels(name)) {
    // Places in A-labels say nothing about the text that was given.
    return Unexpected(NameError{error->code, ascii ? error->offset : 0});
  }
  if (name.size() > longest_name_octets) return Unexpected(NameError{NameErrorCode::too_long});
  return DomainName(std::move(name));
}

bool DomainName::is_same_or_below(const DomainName& ancestor) const {
  const std::string_view below = text_;
  const std::string_view above = ancestor.text_;
  if (below == above) return true;
  return below.size() > above.size() && below.substr(below.size() - above.size()) == above &&
         below[below.size() - above.size() - 1] == '.';
}

Expected<DomainName, NameError> DomainName::child(std::string_view label) const {
  std::string text;
  text.reserve(label.size() + 1 + text_.size());
  text += label;
  text += '.';
  text += text_;
  if (text.size() > longest_name_octets) return Unexpected(NameError{NameErrorCode::too_long});
  return DomainName(std::move(text));
}

std::optional<DomainName> DomainName::parent() const {
  const auto dot = text_.find('.');
  if (dot == std::string::npos) return {};
  return DomainName(text_.substr(dot + 1));
}

}  // namespace persist::record
