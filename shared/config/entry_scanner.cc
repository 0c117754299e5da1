#include "config/entry_scanner.h"

#include <array>

#include "base/ascii.h"

namespace persist::config {
namespace {

/// The octets of a plain text that mean nothing to YAML wherever they stand in it.
constexpr std::array<bool, 256> text_octets = [] {
  std::array<bool, 256> octets{};
  for (unsigned char c = ' '; c < 0x7F; ++c) {
    octets[c] = is_alphanumeric(static_cast<char>(c)) || c == '-' || c == '_' || c == '.';
  }
  return octets;
}();

constexpr bool is_text_octet(char c) {
  return text_octets[static_cast<unsigned char>(c)];
}

constexpr bool is_visible(char c) {
  return c >= ' ' && c < '\x7F';
}

/// yaml-cpp reads these without quotes as no text.
bool is_null(std::string_view text) {
  return text.size() == 4 && (text == "null" || text == "Null" || text == "NULL");
}

class EntryScanner {
 public:
  EntryScanner(const EntryBegin& begin, const YamlLimits& limits)
      : text_(begin.text), indent_(begin.indent), limits_(limits), line_(begin.line) {}

  std::optional<EntryExtent> scan(Node& entry) {
    const std::size_t first_line = line_;
    if (!is_at_dash()) return {};
    at_ = skip_spaces(indent_ + 1);
    entry.place = place();
    if (scan_text(entry)) {
      entry.items.clear();
    } else if (!scan_members(entry)) {
      return {};
    }
    if (!find_next_entry()) return {};
    return EntryExtent{.octets = at_, .lines = line_ - first_line};
  }

 private:
  Place place() const { return {line_, at_ - line_begin_ + 1}; }
  /// NUL past the end, which is in no text that is taken.
  char octet(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  std::size_t skip_spaces(std::size_t at) const {
    while (octet(at) == ' ') ++at;
    return at;
  }

  bool is_at_dash() const {
    const std::size_t dash = skip_spaces(at_);
    return dash - at_ == indent_ && octet(dash) == '-' && octet(dash + 1) == ' ';
  }

  /// To the line behind the one that ends at `end`; false if none does.
  bool next_line(std::size_t end) {
    if (octet(end) == '\r') ++end;
    if (octet(end) != '\n') return false;
    at_ = line_begin_ = end + 1;
    ++line_;
    return true;
  }

  /// The text that begins here; empty if none does.
  std::string_view text_here() const {
    if (octet(at_) == '-' || octet(at_) == '.') return {};
    const std::string_view rest = text_.substr(at_);
    std::size_t size = 0;
    while (size < rest.size() && is_text_octet(rest[size])) ++size;
    const std::string_view text = rest.substr(0, size);
    return is_null(text) ? std::string_view{} : text;
  }

  /// A text up to the end of the line.
  bool scan_text(Node& node) {
    const std::string_view text = text_here();
    const Place begin = place();
    if (text.empty() || text.size() > limits_.scalar_octets) return false;
    if (!next_line(at_ + text.size())) return false;
    node.kind = Node::Kind::text;
    node.text = text;
    node.plain = true;
    node.place = begin;
    return true;
  }

  bool scan_members(Node& map) {
    const std::size_t indent = at_ - line_begin_;
    std::size_t count = 0;
    for (;;) {
      if (map.items.size() == count) map.items.emplace_back();
      Node& value = map.items[count];
      if (!scan_member(value) || find(map, value.key) != &value) return false;
      ++count;
      const std::size_t begin = skip_spaces(at_);
      if (begin - line_begin_ != indent) break;
      at_ = begin;
    }
    map.items.resize(count);
    map.kind = Node::Kind::map;
    map.text.clear();
    map.plain = false;
    return true;
  }

  /// `key: text`
  bool scan_member(Node& value) {
    const std::string_view key = text_here();
    const std::size_t colon = at_ + key.size();
    if (key.empty() || key.size() > limits_.key_octets) return false;
    if (octet(colon) != ':' || octet(colon + 1) != ' ') return false;
    value.key = key;
    value.key_place = place();
    at_ = skip_spaces(colon + 1);
    return scan_text(value);
  }

  /// Over empty lines, and comments that cannot be part of the entry, to the next dash.
  bool find_next_entry() {
    while (!is_at_dash()) {
      std::size_t end = skip_spaces(at_);
      if (end - at_ > indent_) return false;
      if (octet(end) == '#') {
        while (is_visible(octet(end))) ++end;
      }
      if (!next_line(end)) return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t indent_;
  const YamlLimits& limits_;
  std::size_t line_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
};

}  // namespace

std::optional<EntryExtent> scan_entry(const EntryBegin& begin, const YamlLimits& limits,
                                      Node& entry) {
  return EntryScanner(begin, limits).scan(entry);
}

}  // namespace persist::config
