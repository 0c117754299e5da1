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

DomainEntry make_entry(const Node& name, record::Identifier identifier, const std::string& file) {
  return {.identifier = std::move(identifier),
          .written_as_ulabel = !is_ascii(name.text),
          .location = {file, name.place.line, name.place.column}};
}

/// A name and perhaps `wildcard`: nearly all entries have nothing else. Empty for others, and for a
/// fault.
std::optional<DomainEntry> parse_usual_form(const Node& node, const std::string& file) {
  const Node* const name = find(node, "name");
  const Node* const wildcard = find(node, "wildcard");
  if (name == nullptr || node.items.size() != (wildcard == nullptr ? 1U : 2U)) return {};
  auto identifier = read_identifier(*name);
  if (!identifier || (wildcard != nullptr && identifier->wildcard)) return {};
  const auto also_wildcard =
      wildcard == nullptr ? Expected<bool, Fault>(false) : read_bool(*wildcard);
  if (!also_wildcard) return {};
  auto entry = make_entry(*name, *std::move(identifier), file);
  entry.also_wildcard = *also_wildcard;
  return entry;
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
  auto entry = make_entry(*fields.find("name"), *std::move(identifier), file);
  if (entry.identifier.wildcard) {
    fields.refuse(
        "wildcard", "stands beside a plain name only",
        fmt::format("name: {} with wildcard: true wants both names", entry.identifier.name.text()));
  }
  fields.read("wildcard", entry.also_wildcard, read_bool);
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
  if (node.kind == Node::Kind::map) {
    if (auto entry = parse_usual_form(node, file)) return *std::move(entry);
    return parse_long_form(node, settings, file);
  }
  if (node.kind != Node::Kind::text) {
    return Unexpected(unexpected(node, "a domain name or a map with \"name\""));
  }
  auto identifier = read_identifier(node);
  if (!identifier) return Unexpected(std::move(identifier.error()));
  return make_entry(node, *std::move(identifier), file);
}

}  // namespace persist::config
