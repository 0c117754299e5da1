#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace persist {

/// True for the octets A to Z; no locale.
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
/// True for the octets 0 to 9; no locale.
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
/// True for ASCII letters and digits; no locale.
constexpr bool is_alphanumeric(char c) {
  return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z');
}
/// White space of RFC 8659 section 4.2: SP and HTAB, nothing else.
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// The lower-case form of an ASCII letter, any other octet unchanged; no locale.
constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// `text` with the ASCII letters in lower case, every other octet unchanged.
inline std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

/// Compares without regard to ASCII case.
inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a == b) return true;  // most texts are written as they should be
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

/// `text` without SP and HTAB at either end.
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The pieces between the separators: n separators give n + 1 pieces, empty ones included.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const auto at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

/// True if `part` occurs in `text` (std::string::contains is C++23).
constexpr bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace persist
