#include "rules/uri_spelling.h"

#include <string>

#include "base/ascii.h"

namespace persist::rules {
namespace {

int hex_value(char c) {
  const char lower = to_lower(c);
  if (is_digit(c)) return c - '0';
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      plain += text[i];
    } else {
      plain += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return plain;
}

std::string_view without_brackets(std::string_view text) {
  constexpr std::string_view opening = "<([{`";
  constexpr std::string_view closing = ">)]}`.,";
  while (!text.empty() && contains(opening, text.substr(0, 1))) text.remove_prefix(1);
  while (!text.empty() && contains(closing, text.substr(text.size() - 1))) text.remove_suffix(1);
  return text;
}

/// `host/path` in small letters: no scheme, no default port, single slashes, none at the end.
std::string reduced(std::string_view uri) {
  uri = without_brackets(uri);
  const std::string text = to_lower(without_escapes(uri.substr(0, uri.find('#'))));
  std::string_view rest = text;
  for (const std::string_view scheme : {"https:", "http:"}) {
    if (rest.substr(0, scheme.size()) == scheme) rest.remove_prefix(scheme.size());
  }
  while (!rest.empty() && rest.front() == '/') rest.remove_prefix(1);
  std::string_view host = rest.substr(0, rest.find('/'));
  rest.remove_prefix(host.size());
  for (const std::string_view end : {":443", ":80", "."}) {
    if (host.size() > end.size() && host.substr(host.size() - end.size()) == end) {
      host.remove_suffix(end.size());
    }
  }
  std::string result(host);
  for (const char c : rest) {
    if (c != '/' || result.empty() || result.back() != '/') result += c;
  }
  while (!result.empty() && (result.back() == '/' || result.back() == '?')) result.pop_back();
  return result;
}

}  // namespace

bool is_same_spelt_differently(std::string_view found, std::string_view expected) {
  return found != expected && reduced(found) == reduced(expected);
}

}  // namespace persist::rules
