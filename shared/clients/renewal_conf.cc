#include "clients/renewal_conf.h"

#include <optional>
#include <set>
#include <utility>

#include "base/ascii.h"

namespace persist::clients {
namespace {

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool is_comment(std::string_view text) {
  return text.empty() || text.front() == '#';
}

/// The value without its quotes or its comment; empty if a quote stays open or text follows it.
std::optional<std::string> unquote(std::string_view value) {
  if (value.empty() || (value.front() != '"' && value.front() != '\'')) {
    return std::string(trim(value.substr(0, value.find('#'))));
  }
  const std::size_t end = value.find(value.front(), 1);
  if (end == std::string_view::npos || !is_comment(trim(value.substr(end + 1)))) return {};
  return std::string(value.substr(1, end - 1));
}

class Parser {
 public:
  /// False if certbot could not read the file for this line.
  bool add_line(std::string_view line) {
    if (!open_quote_.empty()) {
      if (open_place_ != nullptr) open_place_->append("\n").append(line);
      if (contains(line, open_quote_)) open_quote_ = {};
      return true;
    }
    line = trim(line);
    if (is_comment(line)) return true;
    return line.front() == '[' ? begin_section(line) : add_pair(line);
  }

  bool is_complete() const { return open_quote_.empty(); }
  RenewalConf take() { return std::move(conf_); }

 private:
  bool begin_section(std::string_view line) {
    is_ours_ = begins_with(line, "[renewalparams]");
    return contains(line, "]");
  }

  bool add_pair(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) return false;
    const std::string_view key = trim(line.substr(0, equals));
    const std::string_view value = trim(line.substr(equals + 1));
    for (const std::string_view quote : {"\"\"\"", "'''"}) {
      if (!begins_with(value, quote)) continue;
      if (!contains(value.substr(quote.size()), quote)) open_quote_ = quote;
      open_place_ = place_of(key);
      if (open_place_ == nullptr) return true;
      *open_place_ = value;
      return is_hook(key) && seen_.insert(key).second;
    }
    std::string* const place = place_of(key);
    if (place == nullptr) return true;
    auto text = unquote(value);
    if (!text && is_hook(key)) text = value;
    if (!text || !seen_.insert(key).second) return false;
    *place = *std::move(text);
    return true;
  }

  /// Commands are only looked through: they are taken as they stand where they are quoted oddly.
  static bool is_hook(std::string_view key) {
    return key == "manual_auth_hook" || key == "pre_hook";
  }

  /// Where the value of a key belongs; null if it is none of those that are wanted.
  std::string* place_of(std::string_view key) {
    if (!is_ours_) return nullptr;
    if (key == "server") return &conf_.server;
    if (key == "account") return &conf_.account;
    if (key == "authenticator") return &conf_.authenticator;
    if (key == "manual_auth_hook") return &conf_.manual_auth_hook;
    return key == "pre_hook" ? &conf_.pre_hook : nullptr;
  }

  bool is_ours_ = false;
  std::string_view open_quote_;
  std::set<std::string_view> seen_;
  std::string* open_place_ = nullptr;  ///< of the value over several lines
  RenewalConf conf_;
};

}  // namespace

Expected<RenewalConf, BadConfLine> parse_renewal_conf(std::string_view text) {
  Parser parser;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const bool has_return = !line.empty() && line.back() == '\r';
    if (!parser.add_line(line.substr(0, line.size() - (has_return ? 1 : 0)))) {
      return Unexpected(BadConfLine{number});
    }
  }
  if (!parser.is_complete()) return Unexpected(BadConfLine{number});
  return parser.take();
}

}  // namespace persist::clients
