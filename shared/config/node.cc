#include "config/node.h"

#include <fmt/format.h>

#include <map>

#include "base/escape.h"

namespace persist::config {

const Node* find(const Node& map, std::string_view key) {
  for (const Node& value : map.items) {
    if (value.key == key) return &value;
  }
  return nullptr;
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::list:
      return node.items.empty() ? "an empty list" : "a list";
    case Node::Kind::map:
      return node.items.empty() ? "an empty map" : "a map";
    case Node::Kind::text:
      break;
  }
  return quote(node.text, 64) + (node.plain ? "" : " in quotes");
}

Fault unexpected(const Node& node, std::string_view expected, std::string hint) {
  const std::string lead = node.key.empty() ? "" : escape(node.key, 64) + ": ";
  return {.place = node.place,
          .message = fmt::format("{}expected {}, found {}", lead, expected, describe(node)),
          .hint = std::move(hint)};
}

const Event* NodeBuilder::peek() const {
  return at_ < events_.events.size() ? &events_.events[at_] : nullptr;
}

Expected<Node, Fault> NodeBuilder::take() {
  if (peek() == nullptr)
    return Unexpected(events_.fault.value_or(Fault{.message = "no YAML value"}));
  Event& event = events_.events[at_++];
  Node node{.plain = event.plain, .flow = event.flow, .place = event.place};
  switch (event.kind) {
    case Event::Kind::text:
      node.kind = Node::Kind::text;
      node.text = std::move(event.text);
      return node;
    case Event::Kind::list_begin:
      return take_items(std::move(node));
    case Event::Kind::map_begin:
      return take_members(std::move(node));
    default:
      return node;
  }
}

Expected<Node, Fault> NodeBuilder::take_items(Node node) {
  node.kind = Node::Kind::list;
  while (peek() == nullptr || peek()->kind != Event::Kind::list_end) {
    auto item = take();
    if (!item) return item;
    node.items.push_back(*std::move(item));
  }
  skip();
  return node;
}

Expected<Node, Fault> NodeBuilder::take_members(Node node) {
  node.kind = Node::Kind::map;
  std::map<std::string, std::size_t, std::less<>> lines;  // key -> line
  while (peek() == nullptr || peek()->kind != Event::Kind::map_end) {
    auto key = take();
    if (!key) return key;
    if (key->kind != Node::Kind::text) return Unexpected(unexpected(*key, "a text as key"));
    const auto [first, is_new] = lines.emplace(key->text, key->place.line);
    if (!is_new) {
      return Unexpected(Fault{.place = key->place,
                              .message = fmt::format("duplicate key {}, first on line {}",
                                                     quote(key->text, 64), first->second)});
    }
    auto value = take();
    if (!value) return value;
    value->key = std::move(key->text);
    value->key_place = key->place;
    node.items.push_back(*std::move(value));
  }
  skip();
  return node;
}

}  // namespace persist::config
