#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>

#include "config/inventory_reader.h"

namespace persist::config {

inline std::string to_text(const record::CaProfile& ca) {
  return fmt::format("ca {}: directory={} issuers={} dialect={}{} prefix={}\n", ca.id,
                     ca.directory_url, fmt::join(ca.issuer_domain_names, ","),
                     record::to_text(ca.dialect), ca.dialect_is_certain ? "" : "?",
                     ca.account_hash_prefix);
}

inline std::string to_text(const NamedAccount& named) {
  return fmt::format(
      "account {}: ca={} url={} status={} thumbprints={}{}{} at {}:{}\n", named.name, named.ca,
      named.account.url, static_cast<int>(named.account.status),
      fmt::join(named.account.thumbprints, ","), named.account.keys_complete ? " complete" : "",
      named.compromised ? " compromised" : "", named.location.line, named.location.column);
}

inline std::string to_text(const Settings& settings) {
  std::string text = fmt::format("defaults: ca={} accounts={} warn_before={}\n",
                                 settings.default_ca, fmt::join(settings.default_accounts, ","),
                                 persist::to_text(settings.warn_before));
  for (const auto& [id, ca] : settings.cas) text += to_text(ca);
  for (const auto& [name, account] : settings.accounts) text += to_text(account);
  return text + fmt::format("alias_targets: {}\n", fmt::join(settings.alias_targets, ","));
}

inline std::string to_text(const PersistUntilWish& wish) {
  switch (wish.kind) {
    case PersistUntilWish::Kind::any:
      return "any";
    case PersistUntilWish::Kind::required:
      return "required";
    case PersistUntilWish::Kind::forbidden:
      return "forbidden";
    case PersistUntilWish::Kind::at_most:
      break;
  }
  return "at most " + persist::to_text(wish.at_most);
}

inline std::string to_text(const DomainEntry& entry) {
  std::string text =
      fmt::format("{}:{}: {}", entry.location.line, entry.location.column, entry.identifier.text());
  if (entry.also_wildcard) text += " +wildcard";
  if (entry.written_as_ulabel) text += " ulabel";
  if (!entry.accounts.empty()) text += fmt::format(" accounts={}", fmt::join(entry.accounts, ","));
  if (!entry.also_permitted.empty())
    text += fmt::format(" permitted={}", fmt::join(entry.also_permitted, ","));
  if (entry.state != EntryState::active)
    text += entry.state == EntryState::planned ? " planned" : " retired";
  if (entry.persist_until.kind != PersistUntilWish::Kind::any)
    text += " until=" + to_text(entry.persist_until);
  if (entry.next_renewal) text += " next=" + to_rfc3339(*entry.next_renewal);
  if (entry.renew_every) text += " every=" + persist::to_text(*entry.renew_every);
  for (const auto& [key, value] : entry.labels) text += fmt::format(" [{}]={:?}", key, value);
  for (const Ignore& ignore : entry.ignores) {
    text +=
        fmt::format(" ignore={}@{}:{}", ignore.rule, ignore.location.line, ignore.location.column);
    if (ignore.until) text += " to " + to_rfc3339(*ignore.until);
    if (!ignore.reason.empty()) text += " because " + ignore.reason;
  }
  return text + "\n";
}

/// Everything that a reader gives: the settings, the entries, the error.
inline std::string read_all(Expected<InventoryReader, ConfigError> reader) {
  if (!reader) return explain(reader.error());
  std::string text = to_text(reader->settings());
  for (;;) {
    const auto entry = reader->next();
    if (!entry) return text + explain(entry.error());
    if (!*entry) return text;
    text += to_text(**entry);
  }
}

/// Only the error; empty if there is none.
inline std::string error_of(Expected<InventoryReader, ConfigError> reader) {
  if (!reader) return explain(reader.error());
  for (;;) {
    const auto entry = reader->next();
    if (!entry) return explain(entry.error());
    if (!*entry) return {};
  }
}

inline std::string error_of(const std::string& text, ListFormat format = ListFormat::yaml) {
  return error_of(InventoryReader::from_text("l", text, format));
}

}  // namespace persist::config
