#include "config/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/escape.h"
#include "config/suggestion.h"

namespace persist::config {

namespace {

bool is_among(std::string_view key, Fields::Keys keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

Fields::Fields(const Node& map, Keys known, Keys unavailable) : map_(map) {
  if (map.kind != Node::Kind::map) {
    fault_ = unexpected(map, "a map");
    return;
  }
  for (const Node& value : map.items) {
    if (is_among(value.key, known) || is_among(value.key, unavailable)) continue;
    fault_ = Fault{.place = value.key_place,
                   .message = fmt::format("unknown key {}", quote(value.key, 64)),
                   .hint = suggest(value.key, std::span(known.begin(), known.size()))};
    return;
  }
}

void Fields::require(std::string_view key) {
  if (fault_ || has(key)) return;
  const std::string lead = map_.key.empty() ? "" : escape(map_.key, 64) + ": ";
  fault_ = Fault{.place = map_.place, .message = fmt::format("{}\"{}\" is missing", lead, key)};
}

void Fields::refuse(std::string_view key, std::string_view why, std::string hint) {
  if (fault_ || !has(key)) return;
  fault_ = Fault{.place = find(key)->key_place,
                 .message = fmt::format("\"{}\" {}", key, why),
                 .hint = std::move(hint)};
}

}  // namespace persist::config
