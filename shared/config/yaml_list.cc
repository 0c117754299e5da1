#include <fmt/format.h>

#include <algorithm>

#include "config/entry_lists.h"
#include "config/entry_parser.h"
#include "config/settings_parser.h"

namespace persist::config {
namespace {

YamlLimits yaml_limits(const ReaderLimits& limits) {
  return {.depth = limits.depth,
          .scalar_octets = limits.scalar_octets,
          .key_octets = limits.key_octets};
}

}  // namespace

YamlList::YamlList(std::string file, LineReader lines, const ReaderLimits& limits)
    : file_(std::move(file)),
      cutter_(std::move(lines)),
      limits_(yaml_limits(limits)),
      scan_entries_(limits.scan_entries) {
}

Fault YamlList::with_line(Fault fault) const {
  if (fault.line.empty()) fault.line = piece_.line(fault.place.line);
  return fault;
}

std::optional<Fault> YamlList::check_root(const Node& root) const {
  const bool is_cut = cutter_.list_line() != 0;
  if (root.kind != Node::Kind::map) {
    Fault fault = unexpected(root, "a map with \"domains\"");
    fault.message = "no domains: " + fault.message;
    if (root.kind == Node::Kind::list) fault.hint = "put a line \"domains:\" above the list";
    if (root.kind == Node::Kind::text) fault.hint = "a bare list of names is read with --names";
    return fault;
  }
  // Else the pieces would be read where the whole is no YAML.
  if (is_cut && (root.flow || root.place.column != 1)) {
    return Fault{.place = root.place,
                 .message = "the settings do not begin in the column of \"domains\""};
  }
  const auto at_left_edge = [](const Node& value) {
    const bool block_list = value.kind == Node::Kind::list && !value.flow;
    return value.kind != Node::Kind::null && !block_list && value.place.column == 1;
  };
  const auto fallen = std::find_if(root.items.begin(), root.items.end(), at_left_edge);
  if (is_cut && fallen != root.items.end()) {
    return Fault{.place = fallen->place, .message = "a value stands deeper than its key"};
  }
  const Node* const inline_list = find(root, "domains");
  if (inline_list == nullptr) return {};
  if (is_cut) {
    return Fault{
        .place = inline_list->key_place,
        .message = fmt::format("duplicate key \"domains\", again on line {}", cutter_.list_line())};
  }
  if (inline_list != &root.items.back()) {
    return Fault{.place = root.items.back().key_place,
                 .message = "settings must stand before \"domains\""};
  }
  return {};
}

std::optional<Fault> YamlList::take_inline_entries(Node& root) {
  if (find(root, "domains") == nullptr) return {};
  Node& list = root.items.back();
  if (list.kind != Node::Kind::null && list.kind != Node::Kind::list)
    return unexpected(list, "a list");
  inline_entries_ = std::move(list.items);
  return {};
}

Expected<Settings, Fault> YamlList::read_settings() {
  auto piece = cutter_.cut_settings();
  if (!piece) return Unexpected(std::move(piece.error()));
  piece_ = *std::move(piece);
  NodeBuilder nodes(read_yaml_events(piece_.text, limits_, piece_.first_line));
  Node root{.kind = Node::Kind::map, .place = {1, 1}};
  if (nodes.peek() != nullptr || nodes.fault()) {
    auto taken = nodes.take();
    if (taken && nodes.fault()) return Unexpected(with_line(*nodes.fault()));
    if (!taken) return Unexpected(with_line(std::move(taken.error())));
    // A document of nothing but `null` or `---` says as much as an empty one.
    if (taken->kind != Node::Kind::null) root = *std::move(taken);
  }
  if (auto fault = check_root(root)) return Unexpected(with_line(*std::move(fault)));
  auto settings = parse_settings(root, file_);
  if (!settings) return Unexpected(with_line(std::move(settings.error())));
  if (auto fault = take_inline_entries(root)) return Unexpected(with_line(*std::move(fault)));
  limits_.outer = 1;  // the map that holds `domains`
  return settings;
}

bool YamlList::has_node() const {
  return nodes_ && nodes_->peek() != nullptr && nodes_->peek()->kind != Event::Kind::list_end;
}

bool YamlList::scan(const Settings& settings, std::optional<DomainEntry>& entry) {
  if (!scan_entries_ || has_node() || (nodes_ && nodes_->fault())) return false;
  const auto begin = cutter_.entry_ahead();
  const auto extent = begin ? scan_entry(*begin, limits_, node_) : std::nullopt;
  if (!extent) return false;
  auto parsed = parse_entry(node_, settings, file_);
  if (!parsed) return false;
  cutter_.skip_entry(*extent);
  entry = *std::move(parsed);
  return true;
}

Expected<const Node*, Fault> YamlList::next_node() {
  if (next_inline_ < inline_entries_.size()) return &inline_entries_[next_inline_++];
  while (!has_node()) {
    if (nodes_ && nodes_->fault()) return Unexpected(with_line(*nodes_->fault()));
    if (cutter_.list_line() == 0) return nullptr;
    const auto more = cutter_.cut_entry(piece_);
    if (!more) return Unexpected(more.error());
    if (!*more) return nullptr;
    nodes_.emplace(read_yaml_events(piece_.text, limits_, piece_.first_line));
    nodes_->skip();  // the begin of the list
  }
  auto taken = nodes_->take();
  if (!taken) return Unexpected(with_line(std::move(taken.error())));
  node_ = *std::move(taken);
  return &node_;
}

std::optional<Fault> YamlList::next(const Settings& settings, std::optional<DomainEntry>& entry) {
  if (scan(settings, entry)) return {};
  entry.reset();
  const auto node = next_node();
  if (!node) return node.error();
  if (*node == nullptr) return {};
  auto parsed = parse_entry(**node, settings, file_);
  if (!parsed) return with_line(std::move(parsed.error()));
  entry = *std::move(parsed);
  return {};
}

}  // namespace persist::config
