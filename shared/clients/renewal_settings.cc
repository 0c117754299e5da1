#include "clients/renewal_settings.h"

#include "base/ascii.h"

namespace persist::clients {
namespace {

std::string unquote(std::string_view value) {
  if (value.empty() || (value.front() != '"' && value.front() != '\'')) {
    return std::string(trim(value.substr(0, value.find('#'))));
  }
  const std::size_t end = value.find(value.front(), 1);
  return std::string(value.substr(1, end == std::string_view::npos ? end : end - 1));
}

/// The triple quote with which a value begins; empty if it begins otherwise.
std::string_view triple_quote_of(std::string_view value) {
  for (const std::string_view quote : {"\"\"\"", "'''"}) {
    if (value.substr(0, quote.size()) == quote) return quote;
  }
  return {};
}

/// The value up to the closing quote.
std::string_view cut_at(std::string_view value, std::string_view quote) {
  return value.substr(0, value.find(quote));
}

}  // namespace

std::vector<RenewalSetting> list_renewal_settings(std::string_view text) {
  constexpr std::string_view section = "[renewalparams]";
  std::vector<RenewalSetting> settings;
  std::string_view open_quote;
  bool is_ours = false;
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!open_quote.empty()) {
      if (is_ours) settings.back().value.append("\n").append(cut_at(line, open_quote));
      if (contains(line, open_quote)) open_quote = {};
      continue;
    }
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      is_ours = line.substr(0, section.size()) == section;
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view value = trim(line.substr(equals + 1));
    const std::string_view quote = triple_quote_of(value);
    const std::string_view inside = value.substr(quote.size());
    if (!quote.empty() && !contains(inside, quote)) open_quote = quote;
    if (!is_ours) continue;
    settings.push_back(
        {.key = std::string(trim(line.substr(0, equals))),
         .value = quote.empty() ? unquote(value) : std::string(cut_at(inside, quote)),
         .line = number});
  }
  return settings;
}

}  // namespace persist::clients
