#include "acme/jwk_text.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"

namespace persist::acme {

/// Reads from front to back; every `read_` leaves the rest behind what it read.
class JwkScanner {
 public:
  explicit JwkScanner(std::string_view text) : rest_(text) {}

  std::optional<JwkText> read_object() {
    JwkText object;
    if (!read('{')) return {};
    if (!read('}')) {
      do {
        auto member = read_member();
        if (!member || has(object, member->name)) return {};
        object.members_.push_back(*member);
      } while (read(','));
      if (!read('}')) return {};
    }
    skip_white_space();
    return rest_.empty() ? std::optional(std::move(object)) : std::nullopt;
  }

 private:
  static bool has(const JwkText& object, std::string_view name) {
    return std::any_of(object.members_.begin(), object.members_.end(),
                       [&](const auto& member) { return member.name == name; });
  }

  std::optional<JwkText::Member> read_member() {
    const auto name = read_string();
    if (!name || !read(':')) return {};
    if (const auto text = read_string()) return JwkText::Member{*name, *text};
    if (!read_array() && !read_word()) return {};
    return JwkText::Member{*name, {}};
  }

  std::optional<std::string_view> read_string() {
    skip_white_space();
    if (rest_.empty() || rest_.front() != '"') return {};
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (static_cast<unsigned char>(rest_[at]) < 0x20) return {};
      if (rest_[at] == '"') return take_string(at);
      if (rest_[at] == '\\') ++at;  // what is escaped ends nothing
    }
    return {};
  }

  bool read_array() {
    if (!read('[')) return false;
    if (read(']')) return true;
    do {
      if (!read_string() && !read_word()) return false;
    } while (read(','));
    return read(']');
  }

  /// A number or a literal.
  bool read_word() {
    skip_white_space();
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), [](char c) {
      return is_alphanumeric(c) || c == '-' || c == '+' || c == '.';
    });
    const auto size = static_cast<std::size_t>(end - rest_.begin());
    rest_.remove_prefix(size);
    return size > 0;
  }

  bool read(char wanted) {
    skip_white_space();
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_white_space() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
  }

  std::string_view take_string(std::size_t closing_quote) {
    const auto taken = rest_.substr(1, closing_quote - 1);
    rest_.remove_prefix(closing_quote + 1);
    return taken;
  }

  std::string_view rest_;
};

std::optional<JwkText> JwkText::parse(std::string_view text) {
  return JwkScanner(text).read_object();
}

std::optional<std::string_view> JwkText::find(std::string_view name) const {
  const auto at = std::find_if(members_.begin(), members_.end(),
                               [&](const Member& member) { return member.name == name; });
  return at == members_.end() ? std::nullopt : at->text;
}

}  // namespace persist::acme
