#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"

namespace persist::config {

/// One step of a walk through a YAML text.
struct Event {
  enum class Kind { text, null, list_begin, list_end, map_begin, map_end };
  Kind kind;
  std::string text{};  ///< of a scalar, escapes and folding resolved
  bool plain = false;  ///< a scalar without quotes that is no block scalar
  bool flow = false;   ///< `[...]` or `{...}`
  Place place{};
};

struct YamlLimits {
  std::size_t depth = 16;
  std::size_t outer = 0;  ///< levels of `depth` that lie around the text
  std::size_t scalar_octets = 4096;
  std::size_t key_octets = 256;
};

/// The events of a text up to its end, or up to the first fault.
struct YamlEvents {
  std::vector<Event> events{};
  std::optional<Fault> fault{};
};

/// Walks through one YAML document. Refused, with the place: aliases, anchors, tags, merge keys, a
/// second document, anything over the limits. `text` must be UTF-8 without control characters but
/// LF and HTAB. Lines are counted from `first_line`.
YamlEvents read_yaml_events(std::string_view text, const YamlLimits& limits = {},
                            std::size_t first_line = 1);

}  // namespace persist::config
