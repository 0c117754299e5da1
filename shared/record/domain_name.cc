#include "record/domain_name.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "base/ascii.h"

namespace persist::record {
namespace {

constexpr std::size_t longest_label_octets = 63;

bool is_name_octet(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }

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
      if (std::all_of(label.begin(), label.end(), is_digit)) {
        return NameError{NameErrorCode::ip_address, 0};
      }
      return {};
    }
    start = dot + 1;
  }
}

bool is_ipv6_like(std::string_view text) {
  return contains(text, ":") && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f') || c == ':' || c == '.';
         });
}

Expected<std::string, NameError> to_a_labels(std::string_view text) {
  // A NUL would end the library's string early and hide what follows.
  const auto nul = text.find('\0');
  if (nul != std::string_view::npos) {
    return Unexpected(NameError{NameErrorCode::bad_character, nul});
  }
  char* raw = nullptr;
  const int status = idn2_to_ascii_8z(std::string(text).c_str(), &raw,
                                      IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  const std::unique_ptr<char, void (*)(void*)> ascii(raw, idn2_free);
  if (status == IDN2_OK) return std::string(ascii.get());
  const bool long_label = status == IDN2_TOO_BIG_LABEL;
  const bool long_name = status == IDN2_TOO_BIG_DOMAIN;
  return Unexpected(NameError{long_label  ? NameErrorCode::label_too_long
                              : long_name ? NameErrorCode::too_long
                                          : NameErrorCode::not_idna,
                              0});
}

}  // namespace

Expected<DomainName, NameError> DomainName::parse(std::string_view text) {
  if (text.empty() || text == ".") return Unexpected(NameError{NameErrorCode::empty});
  if (is_ipv6_like(text)) return Unexpected(NameError{NameErrorCode::ip_address});
  // U-labels are longer than A-labels at most by a small factor; this bounds the library's work.
  if (text.size() > 4 * longest_name_octets) return Unexpected(NameError{NameErrorCode::too_long});
  std::string name;
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; })) {
    name = to_lower(text);
  } else {
    auto converted = to_a_labels(text);
    if (!converted) return Unexpected(converted.error());
    name = to_lower(*converted);
  }
  if (name.back() == '.') name.pop_back();
  if (const auto error = check_labels(name)) return Unexpected(*error);
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

std::optional<DomainName> DomainName::parent() const {
  const auto dot = text_.find('.');
  if (dot == std::string::npos) return {};
  return DomainName(text_.substr(dot + 1));
}

}  // namespace persist::record
