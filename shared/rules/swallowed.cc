#include "rules/swallowed.h"

#include <algorithm>

#include "base/ascii.h"
#include "record/persist_record.h"
#include "rules/anatomy.h"

namespace persist::rules {
namespace {

bool is_tag_octet(char c) {
  return is_alphanumeric(c) || c == '-';
}

bool has_word(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_alphanumeric);
}

}  // namespace

std::optional<std::size_t> find_swallowed_tag(std::string_view text) {
  for (std::size_t equals = text.find('='); equals != std::string_view::npos;
       equals = text.find('=', equals + 1)) {
    std::string_view before = text.substr(0, equals);
    while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
    std::size_t start = before.size();
    while (start > 0 && is_tag_octet(before[start - 1])) --start;
    // `...orgaccounturi=` has no border at all.
    const std::string_view word = before.substr(start);
    const std::string_view tag = record::accounturi_tag;
    if (word.size() > tag.size() &&
        equals_ignoring_case(word.substr(word.size() - tag.size()), tag)) {
      return before.size() - tag.size();
    }
    if (known_tag(word).empty() || start == 0) continue;
    const bool is_parted = is_blank(before[start - 1]) || before[start - 1] == ',';
    if ((is_parted || known_tag(word) == tag) && has_word(before.substr(0, start))) return start;
  }
  return {};
}

}  // namespace persist::rules
