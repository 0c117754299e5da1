#include "config/suggestion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/escape.h"

namespace persist::config {
namespace {

constexpr std::size_t longest_compared = 64;
constexpr std::size_t most_listed = 12;

/// Fewest single-octet insertions, deletions and replacements that make `b` of `a`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

/// A third of the letters may be wrong, but never more than two of them.
bool is_close(std::size_t distance, std::string_view text) {
  return distance <= std::min<std::size_t>(2, std::max<std::size_t>(1, text.size() / 3));
}

}  // namespace

std::string suggest(std::string_view text, std::span<const std::string_view> known) {
  if (known.empty()) return {};
  if (text.size() <= longest_compared) {
    std::string lower = to_lower(text);
    std::replace(lower.begin(), lower.end(), '-', '_');
    std::string_view best;
    std::size_t least = longest_compared;
    for (const std::string_view word : known.first(std::min<std::size_t>(known.size(), 1000))) {
      const std::size_t distance = edit_distance(lower, to_lower(word.substr(0, longest_compared)));
      if (distance < least) best = word, least = distance;
    }
    if (is_close(least, text))
      return fmt::format("did you mean {}?", quote(best, longest_compared));
  }
  std::vector<std::string> words;
  for (const std::string_view word : known.first(std::min(known.size(), most_listed))) {
    words.push_back(escape(word, longest_compared));
  }
  return fmt::format("known here: {}{}", fmt::join(words, ", "),
                     known.size() > most_listed ? ", ..." : "");
}

}  // namespace persist::config
