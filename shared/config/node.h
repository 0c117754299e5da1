#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "config/yaml_events.h"

namespace persist::config {

/// A piece of YAML as a tree: the settings, or one entry.
struct Node {
  enum class Kind { null, text, list, map };
  Kind kind = Kind::null;
  std::string key{};  ///< its key, if it is a value of a map
  std::string text{};
  bool plain = false;  ///< a text without quotes
  bool flow = false;   ///< `[...]` or `{...}`
  Place place{};
  Place key_place{};
  std::vector<Node> items{};  ///< of a list, or the values of a map in their order
  bool operator==(const Node&) const = default;
};

/// Value of `key` in `map`; null if there is none.
const Node* find(const Node& map, std::string_view key);

/// What `node` is, for a message: `nothing`, `a map`, `"yes"`, `"true" in quotes`.
std::string describe(const Node& node);

/// `key: expected ..., found ...` at `node`.
Fault unexpected(const Node& node, std::string_view expected, std::string hint = {});

/// Makes trees of events, one value after the other.
class NodeBuilder {
 public:
  explicit NodeBuilder(YamlEvents events) : events_(std::move(events)) {}

  /// The next event; null at the end or where the fault is.
  const Event* peek() const;
  void skip() { ++at_; }

  /// The next value, whole. Errors: the fault of the events, a key that is no text, a key that
  /// occurs twice.
  Expected<Node, Fault> take();

  const std::optional<Fault>& fault() const { return events_.fault; }

 private:
  Expected<Node, Fault> take_items(Node node);
  Expected<Node, Fault> take_members(Node node);

  YamlEvents events_;
  std::size_t at_ = 0;
};

}  // namespace persist::config
