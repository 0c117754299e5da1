#include "config/settings_parser.h"

#include <fmt/format.h>

#include "base/escape.h"
#include "config/entry_parser.h"
#include "config/fields.h"
#include "config/suggestion.h"
#include "config/values.h"

namespace persist::config {
namespace {

constexpr std::size_t most_issuers =
    10;  // of a challenge: draft-ietf-acme-dns-persist-02 section 3.1

Expected<bool, Fault> read_version(const Node& node) {
  if (node.kind == Node::Kind::text && node.plain && node.text == "1") return true;
  return Unexpected(unexpected(node, "1, the only version of this format"));
}

/// Without quotes, 01 is the text "01" here, never the number 1.
Expected<record::Dialect, Fault> read_dialect(const Node& node) {
  if (node.text == "01") return record::Dialect::draft_01;
  if (node.text == "02") return record::Dialect::draft_02;
  return Unexpected(unexpected(node, "\"01\" or \"02\""));
}

Expected<std::vector<std::string>, Fault> read_issuers(const Node& node) {
  auto names = read_list(node, read_domain_name);
  if (!names) return Unexpected(std::move(names.error()));
  if (names->size() > most_issuers) {
    return Unexpected(
        Fault{.place = node.items[most_issuers].place,
              .message = fmt::format("{}: more than {} names", node.key, most_issuers)});
  }
  std::vector<std::string> texts;
  for (const record::DomainName& name : *names) texts.push_back(name.text());
  return texts;
}

Expected<record::CaProfile, Fault> read_ca(const Node& node) {
  if (record::find_profile(node.key) != nullptr) {
    return Unexpected(Fault{.place = node.key_place,
                            .message = fmt::format("the CA {} is built in", quote(node.key, 64)),
                            .hint = "choose another name for a CA of your own"});
  }
  record::CaProfile ca{.id = node.key, .title = node.key, .evidence = "declared in the list"};
  Fields fields(node, {"directory", "issuers", "dialect", "account_hash_prefix"});
  fields.require("issuers");
  fields.read("issuers", ca.issuer_domain_names, read_issuers);
  fields.read("directory", ca.directory_url, read_https_url);
  fields.read("dialect", ca.dialect, read_dialect);
  ca.dialect_is_certain = fields.has("dialect");
  if (ca.dialect == record::Dialect::draft_02) {
    fields.require("account_hash_prefix");
  } else {
    fields.refuse("account_hash_prefix", "belongs to dialect \"02\"");
  }
  fields.read("account_hash_prefix", ca.account_hash_prefix, read_https_url);
  if (fields.fault()) return Unexpected(*fields.fault());
  return ca;
}

struct State {
  record::AccountStatus status = record::AccountStatus::valid;
  bool compromised = false;
};
Expected<State, Fault> read_state(const Node& node) {
  if (node.text == "valid") return State{};
  if (node.text == "compromised") return State{.compromised = true};
  if (node.text == "deactivated") return State{.status = record::AccountStatus::deactivated};
  return Unexpected(unexpected(node, "valid, compromised or deactivated"));
}

std::optional<Fault> check_ca(const Node& node, const std::string& id, const Settings& settings) {
  if (settings.find_ca(id) != nullptr) return {};
  std::vector<std::string_view> known;
  for (const record::CaProfile& ca : record::built_in_profiles()) known.push_back(ca.id);
  for (const auto& [name, ca] : settings.cas) known.push_back(name);
  return Fault{.place = node.place,
               .message = fmt::format("ca: {} is neither built in nor declared under \"cas\"",
                                      quote(id, 64)),
               .hint = suggest(id, known)};
}

Expected<NamedAccount, Fault> read_account(const Node& node, const Settings& settings,
                                           const std::string& file) {
  NamedAccount named{.name = node.key,
                     .ca = settings.default_ca,
                     .account = {.url = {}},
                     .location = {file, node.key_place.line, node.key_place.column}};
  Fields fields(node, {"ca", "url", "thumbprints", "state"}, {"from", "path"});
  for (const std::string_view key : {"from", "path"}) {
    fields.refuse(
        key, "is not available in this version: a list cannot point to the files of an ACME client",
        "write the account URL here: url: https://...");
  }
  fields.require("url");
  fields.read("url", named.account.url, read_uri);
  fields.read("ca", named.ca, read_text);
  if (named.ca.empty()) fields.require("ca");
  fields.read("thumbprints", named.account.thumbprints,
              [](const Node& list) { return read_list(list, read_thumbprint); });
  named.account.keys_complete = fields.has("thumbprints");
  State state;
  fields.read("state", state, read_state);
  named.account.status = state.status;
  named.compromised = state.compromised;
  if (fields.fault()) return Unexpected(*fields.fault());
  if (const Node* const ca = fields.find("ca")) {
    if (auto fault = check_ca(*ca, named.ca, settings)) return Unexpected(*std::move(fault));
  }
  return named;
}

/// `name`, or `.suffix` for every name below it.
Expected<std::string, Fault> read_alias_target(const Node& node) {
  const bool suffix = node.text.substr(0, 1) == ".";
  Node name = node;
  if (suffix) {
    name.text.erase(0, 1);
    ++name.place.column;
  }
  auto target = read_domain_name(name);
  if (!target) return Unexpected(std::move(target.error()));
  return (suffix ? "." : "") + target->text();
}

/// `read_value` for each value of the map `node`.
template <typename T, typename Read>
Expected<std::map<std::string, T>, Fault> read_map(const Node& node, Read read_value) {
  if (node.kind != Node::Kind::map) return Unexpected(unexpected(node, "a map"));
  std::map<std::string, T> values;
  for (const Node& item : node.items) {
    if (item.key.empty())
      return Unexpected(Fault{.place = item.key_place, .message = "an empty key"});
    auto value = read_value(item);
    if (!value) return Unexpected(std::move(value.error()));
    values.emplace(item.key, *std::move(value));
  }
  return values;
}

Expected<bool, Fault> read_defaults(const Node& node, Settings& settings) {
  Fields fields(node, {"ca", "account", "warn_before"});
  fields.read("ca", settings.default_ca, read_text);
  fields.read("account", settings.default_accounts, read_texts);
  fields.read("warn_before", settings.warn_before, read_duration);
  if (fields.fault()) return Unexpected(*fields.fault());
  return true;
}

/// The defaults may name what is declared below them.
std::optional<Fault> check_defaults(const Node* defaults, const Settings& settings) {
  if (defaults == nullptr) return {};
  return check_accounts(find(*defaults, "account"), settings.default_accounts, settings);
}

}  // namespace

Expected<Settings, Fault> parse_settings(const Node& root, const std::string& file) {
  Settings settings;
  Fields fields(root, {"version", "defaults", "cas", "accounts", "alias_targets", "domains"});
  bool understood = true;
  fields.read("version", understood, read_version);
  fields.read("defaults", understood,
              [&](const Node& node) { return read_defaults(node, settings); });
  fields.read("cas", settings.cas,
              [](const Node& node) { return read_map<record::CaProfile>(node, read_ca); });
  if (fields.fault()) return Unexpected(*fields.fault());
  const Node* const defaults = fields.find("defaults");
  if (!settings.default_ca.empty()) {
    if (auto fault = check_ca(*find(*defaults, "ca"), settings.default_ca, settings)) {
      return Unexpected(*std::move(fault));
    }
  }
  fields.read("accounts", settings.accounts, [&](const Node& node) {
    return read_map<NamedAccount>(
        node, [&](const Node& account) { return read_account(account, settings, file); });
  });
  fields.read("alias_targets", settings.alias_targets,
              [](const Node& list) { return read_list(list, read_alias_target); });
  if (fields.fault()) return Unexpected(*fields.fault());
  if (auto fault = check_defaults(defaults, settings)) return Unexpected(*std::move(fault));
  return settings;
}

}  // namespace persist::config
