#include "config/entry_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "config/fields.h"
#include "config/suggestion.h"
#include "config/values.h"

namespace persist::config {
namespace {

Expected<EntryState, Fault> read_state(const Node& node) {
  if (node.text == "active") return EntryState::active;
  if (node.text == "planned") return EntryState::planned;
  if (node.text == "retired") return EntryState::retired;
  return Unexpected(unexpected(node, "active, planned or retired"));
}

Expected<PersistUntilWish, Fault> read_wish(const Node& node) {
  using Kind = PersistUntilWish::Kind;
  if (node.text == "required") return PersistUntilWish{.kind = Kind::required};
  if (node.text == "forbidden") return PersistUntilWish{.kind = Kind::forbidden};
  if (node.kind != Node::Kind::map) {
    return Unexpected(unexpected(node, "required, forbidden or {at_most: 400d}"));
  }
  PersistUntilWish wish{.kind = Kind::at_most};
  Fields fields(node, {"at_most"});
  fields.require("at_most");
  fields.read("at_most", wish.at_most, read_duration);
  if (fields.fault()) return Unexpected(*fields.fault());
  return wish;
}

Expected<std::map<std::string, std::string>, Fault> read_labels(const Node& node) {
  if (node.kind != Node::Kind::map) return Unexpected(unexpected(node, "a map of texts"));
  std::map<std::string, std::string> labels;
  for (const Node& value : node.items) {
    if (value.kind != Node::Kind::text) return Unexpected(unexpected(value, "a text"));
    labels.emplace(value.key, value.text);
  }
  return labels;
}

/// `DP402` or `policy-wildcard-broad`; whether there is such a rule is for others to know.
Expected<std::string, Fault> read_rule(const Node& node) {
  const auto is_rule_octet = [](char c) { return is_alphanumeric(c) || c == '-'; };
  if (node.kind == Node::Kind::text && !node.text.empty() &&
      std::all_of(node.text.begin(), node.text.end(), is_rule_octet)) {
    return node.text;
  }
  return Unexpected(unexpected(node, "the id or name of a rule, such as DP402"));
}

Expected<Ignore, Fault> read_ignore(const Node& node) {
  Ignore ignore{.rule = {}, .location = {{}, node.place.line, node.place.column}};
  Fields fields(node, {"rule", "until", "reason"});
  fields.require("rule");
  fields.read("rule", ignore.rule, read_rule);
  fields.read("until", ignore.until, read_end);
  fields.read("reason", ignore.reason, read_text);
  if (fields.fault()) return Unexpected(*fields.fault());
  return ignore;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0; });
}

void read_name(const Node& node, DomainEntry& entry) {
  entry.written_as_ulabel = !is_ascii(node.text);
  entry.location.line = node.place.line;
  entry.location.column = node.place.column;
}

Expected<DomainEntry, Fault> parse_long_form(const Node& node, const Settings& settings,
                                             const std::string& file) {
  Fields fields(node,
                {"name", "wildcard", "account", "also_permitted", "state", "persist_until",
                 "next_renewal", "renew_every", "labels", "ignore"},
                {"cert"});
  fields.refuse("cert", "is not available in this version",
                "give next_renewal or renew_every instead");
  fields.require("name");
  if (fields.fault()) return Unexpected(*fields.fault());
  auto identifier = read_identifier(*fields.find("name"));
  if (!identifier) return Unexpected(std::move(identifier.error()));
  DomainEntry entry{.identifier = *std::move(identifier), .location = {file, 0, 0}};
  read_name(*fields.find("name"), entry);
  if (entry.identifier.wildcard) {
    fields.refuse(
        "wildcard", "stands beside a plain name only",
        fmt::format("name: {} with wildcard: true wants both names", entry.identifier.name.text()));
  }
  fields.read("wildcard", entry.also_wildcard, read_bool);
  const std::size_t read = fields.has("wildcard") ? 2 : 1;
  if (!fields.fault() && node.items.size() == read) return entry;  // most have nothing else
  fields.read("account", entry.accounts, read_texts);
  fields.read("also_permitted", entry.also_permitted, read_texts);
  fields.read("state", entry.state, read_state);
  fields.read("persist_until", entry.persist_until, read_wish);
  fields.read("next_renewal", entry.next_renewal, read_time);
  fields.read("renew_every", entry.renew_every, read_duration);
  if (entry.next_renewal) fields.refuse("renew_every", "and \"next_renewal\" exclude each other");
  fields.read("labels", entry.labels, read_labels);
  fields.read("ignore", entry.ignores,
              [](const Node& list) { return read_list(list, read_ignore); });
  if (fields.fault()) return Unexpected(*fields.fault());
  for (Ignore& ignore : entry.ignores) ignore.location.file = file;
  if (auto fault = check_accounts(fields.find("account"), entry.accounts, settings)) {
    return Unexpected(*std::move(fault));
  }
  if (auto fault = check_accounts(fields.find("also_permitted"), entry.also_permitted, settings)) {
    return Unexpected(*std::move(fault));
  }
  return entry;
}

}  // namespace

std::optional<Fault> check_accounts(const Node* node, const std::vector<std::string>& names,
                                    const Settings& settings) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (settings.accounts.count(names[i]) != 0) continue;
    std::vector<std::string_view> declared;
    for (const auto& [name, account] : settings.accounts) declared.push_back(name);
    return Fault{.place = node->kind == Node::Kind::list ? node->items[i].place : node->place,
                 .message = fmt::format("{}: {} is not declared under \"accounts\"", node->key,
                                        quote(names[i], 64)),
                 .hint = suggest(names[i], declared)};
  }
  return {};
}

Expected<DomainEntry, Fault> parse_entry(const Node& node, const Settings& settings,
                                         const std::string& file) {
  if (node.kind == Node::Kind::map) return parse_long_form(node, settings, file);
  if (node.kind != Node::Kind::text) {
    return Unexpected(unexpected(node, "a domain name or a map with \"name\""));
  }
  auto identifier = read_identifier(node);
  if (!identifier) return Unexpected(std::move(identifier.error()));
  DomainEntry entry{.identifier = *std::move(identifier), .location = {file, 0, 0}};
  read_name(node, entry);
  return entry;
}

}  // namespace persist::config
