#include "dns/name.h"

#include "base/ascii.h"

namespace persist::dns {
namespace {

constexpr std::size_t longest_wire_octets = 255;
constexpr std::size_t longest_label_octets = 63;

/// Takes the octet at the front of `text`, escapes resolved. Empty if the escape is none.
std::optional<char> take_octet(std::string_view& text) {
  const char first = text.front();
  text.remove_prefix(1);
  if (first != '\\') return first;
  if (text.empty()) return {};
  if (!is_digit(text.front())) {
    const char escaped = text.front();
    text.remove_prefix(1);
    return escaped;
  }
  if (text.size() < 3 || !is_digit(text[1]) || !is_digit(text[2])) return {};
  const int value = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
  if (value > 255) return {};
  text.remove_prefix(3);
  return static_cast<char>(value);
}

/// Appends the label to `wire` unless it is empty or too long.
bool append_label(std::string& wire, std::string_view label) {
  if (label.empty() || label.size() > longest_label_octets) return false;
  wire += static_cast<char>(label.size());
  wire += label;
  return wire.size() < longest_wire_octets;
}

void append_escaped(std::string& text, char c) {
  const auto octet = static_cast<unsigned char>(c);
  if (c == '.' || c == '\\') {
    text += '\\';
    text += c;
  } else if (octet > 0x20 && octet < 0x7f) {
    text += c;
  } else {
    text += '\\';
    text += static_cast<char>('0' + octet / 100);
    text += static_cast<char>('0' + octet / 10 % 10);
    text += static_cast<char>('0' + octet % 10);
  }
}

}  // namespace

Name::Name(const record::DomainName& name) {
  wire_.reserve(name.text().size() + 2);
  wire_ += '.';
  wire_ += name.text();
  wire_ += '.';
  // Each dot gives way to the length of the label behind it; the last one to the root's.
  std::size_t label = 0;
  for (auto dot = wire_.find('.', 1); dot != std::string::npos; dot = wire_.find('.', dot + 1)) {
    wire_[label] = static_cast<char>(dot - label - 1);
    label = dot;
  }
  wire_[label] = '\0';
}

std::optional<Name> Name::parse(std::string_view text) {
  if (text == ".") return Name();
  if (text.empty()) return {};
  Name name;
  name.wire_.clear();
  std::string label;
  while (!text.empty()) {
    const bool ends_label = text.front() == '.';
    const auto octet = take_octet(text);
    if (!octet) return {};
    if (!ends_label) {
      label += to_lower(*octet);
      continue;
    }
    if (!append_label(name.wire_, label)) return {};
    label.clear();
  }
  // Nothing is left of a name with a final dot.
  if (!label.empty() && !append_label(name.wire_, label)) return {};
  name.wire_ += '\0';
  return name;
}

std::optional<Name> Name::from_wire(std::string_view octets) {
  if (octets.size() > longest_wire_octets) return {};
  std::size_t at = 0;
  while (at < octets.size() && octets[at] != '\0') {
    const auto length = static_cast<unsigned char>(octets[at]);
    if (length > longest_label_octets) return {};
    at += 1 + length;
  }
  if (at + 1 != octets.size()) return {};
  Name name;
  name.wire_ = to_lower(octets);  // a length octet is at most 63, below the letters
  return name;
}

std::string Name::to_text() const {
  if (wire_.size() == 1) return ".";
  std::string text;
  text.reserve(wire_.size());
  for (std::size_t at = 0; wire_[at] != '\0';) {
    const auto length = static_cast<unsigned char>(wire_[at]);
    if (at != 0) text += '.';
    for (const char c : std::string_view(wire_).substr(at + 1, length)) append_escaped(text, c);
    at += 1U + length;
  }
  return text;
}

std::optional<Name> Name::parent() const {
  if (wire_.size() == 1) return {};
  Name above;
  above.wire_ = wire_.substr(1U + static_cast<unsigned char>(wire_.front()));
  return above;
}

}  // namespace persist::dns
