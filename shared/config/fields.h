#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/expected.h"
#include "config/node.h"

namespace persist::config {

/// Reads the fields of one map and keeps the first fault: after it every call does nothing.
class Fields {
 public:
  using Keys = std::initializer_list<std::string_view>;

  /// Faults: `map` is no map, or holds a key that is neither among `known` nor among `unavailable`,
  /// of which nobody is to be reminded.
  Fields(const Node& map, Keys known, Keys unavailable = {});

  const Node* find(std::string_view key) const { return config::find(map_, key); }
  bool has(std::string_view key) const { return find(key) != nullptr; }
  const std::optional<Fault>& fault() const { return fault_; }

  /// `out` becomes what `read_value` makes of the value of `key`; stays as it is if there is none.
  template <typename T, typename Read>
  void read(std::string_view key, T& out, Read read_value) {
    const Node* const node = find(key);
    if (fault_ || node == nullptr) return;
    auto value = read_value(*node);
    if (value) {
      out = *std::move(value);
    } else {
      fault_ = std::move(value.error());
    }
  }

  /// Fault: there is no `key`.
  void require(std::string_view key);

  /// Fault: `key` is there; `why` follows its name.
  void refuse(std::string_view key, std::string_view why, std::string hint = {});

 private:
  const Node& map_;
  std::optional<Fault> fault_{};
};

}  // namespace persist::config
