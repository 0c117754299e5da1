#include "report/repeated_lines.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"

namespace persist::report {
namespace {

bool is_label_octet(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

/// True if the `size` octets at `at` are whole labels.
bool is_whole(std::string_view text, std::size_t at, std::size_t size) {
  return (at == 0 || !is_label_octet(text[at - 1])) &&
         (at + size == text.size() || !is_label_octet(text[at + size]));
}

/// `message` with `NAME` wherever it says `name`; the owner of the record holds the name.
std::string without_name(std::string_view message, std::string_view name) {
  std::string general;
  std::size_t start = 0;
  for (std::size_t at = message.find(name); !name.empty() && at != std::string_view::npos;
       at = message.find(name, at + 1)) {
    if (at < start || !is_whole(message, at, name.size())) continue;
    general += message.substr(start, at - start);
    general += "NAME";
    start = at + name.size();
  }
  general += message.substr(start);
  return general;
}

}  // namespace

bool RepeatedLines::admit(std::string_view message, std::string_view name) {
  const std::string general = without_name(message, name);
  auto kind = std::find_if(kinds_.begin(), kinds_.end(),
                           [&](const Kind& known) { return known.message == general; });
  if (kind == kinds_.end() && kinds_.size() < most_kinds) {
    kind = kinds_.insert(kind, {.message = general});
  } else if (kind == kinds_.end()) {
    if (!kinds_.back().message.empty()) kinds_.push_back({.message = {}});
    kind = std::prev(kinds_.end());
  }
  ++kind->seen;
  if (kind->shown == most_shown_) return false;
  ++kind->shown;
  return true;
}

}  // namespace persist::report
