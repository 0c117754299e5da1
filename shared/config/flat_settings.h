#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/location.h"
#include "config/config_error.h"

namespace persist::config {

/// One line of a settings file: `key: value` or `key: [value, value]`.
struct FlatSetting {
  std::string key;
  std::vector<std::string> values;
  Location location{};  ///< of the key
};

/// Reads a flat YAML map of texts and lists of texts; `a: {b: x, c: y}` is the same as `a-b: x` and
/// `a-c: y`. Under the rules of the domain list: no
/// aliases, anchors, tags, duplicate keys or further documents. An empty text gives no settings.
/// `name` is the file's name in errors.
Expected<std::vector<FlatSetting>, ConfigError> parse_flat_settings(const std::string& name,
                                                                    std::string_view text);

}  // namespace persist::config
