#include "hook/account_list.h"

#include <fmt/format.h>

#include <string_view>

#include "base/escape.h"
#include "report/json_writer.h"

namespace persist::hook {
namespace {

using clients::ClientAccount;
using clients::FileFacts;

std::string_view to_text(record::AccountStatus status) {
  switch (status) {
    case record::AccountStatus::valid:
      return "valid";
    case record::AccountStatus::deactivated:
      return "deactivated";
    case record::AccountStatus::revoked:
      return "revoked";
  }
  return "";
}

std::string names_of(const ClientAccount& account) {
  std::string text;
  for (const record::Identifier& name : account.names) {
    text += (text.empty() ? "" : " ") + name.text();
  }
  if (account.names_are_shared) text += " (this account, or another one of the same CA)";
  return text;
}

std::string key_of(const ClientAccount& account) {
  std::string text = escape(account.key_file->path);
  if (account.key_type && account.thumbprint) {
    text += fmt::format(" ({}, thumbprint {})", *account.key_type, *account.thumbprint);
  }
  return text;
}

std::string to_text(const ListedAccount& listed) {
  const ClientAccount& account = listed.account;
  std::string text = (account.client.empty() ? "given key" : account.client) + "\n";
  text += "  directory: " + escape(account.directory.value_or("not known")) + "\n";
  text += "  account:   " + escape(account.account_url.value_or("not known"));
  text += (listed.status ? fmt::format(" ({})", to_text(*listed.status)) : "") + "\n";
  if (account.account_url_file) {
    text += "  kept in:   " + escape(account.account_url_file->path) + "\n";
  }
  if (account.key_file) text += "  key:       " + key_of(account) + "\n";
  if (!account.names.empty()) text += "  names:     " + names_of(account) + "\n";
  return text;
}

std::optional<std::string_view> path_of(const std::optional<FileFacts>& facts) {
  return facts ? std::optional<std::string_view>(facts->path) : std::nullopt;
}

void write_json(report::JsonWriter& json, const ListedAccount& listed) {
  const ClientAccount& account = listed.account;
  std::optional<std::string_view> status;
  if (listed.status) status = to_text(*listed.status);
  std::optional<std::string_view> client;
  if (!account.client.empty()) client = account.client;
  json.begin_object();
  json.text_or_null("client", client);
  json.text_or_null("directory", account.directory);
  json.text_or_null("account_url", account.account_url);
  json.text_or_null("account_url_file", path_of(account.account_url_file));
  json.text_or_null("key_file", path_of(account.key_file));
  json.text_or_null("key_type", account.key_type);
  json.text_or_null("thumbprint", account.thumbprint);
  json.text_or_null("status", status);
  json.begin_array("names");
  for (const record::Identifier& name : account.names) json.text(name.text());
  json.end_array();
  json.flag("names_are_shared", account.names_are_shared);
  json.end_object();
}

}  // namespace

std::string to_text(const AccountList& list) {
  std::string text;
  for (const ListedAccount& account : list.accounts) text += to_text(account);
  return text;
}

std::string to_json(const AccountList& list) {
  std::string document;
  report::JsonWriter json(document);
  json.begin_object();
  json.number("schema_version", 1);
  json.flag("complete", list.faults.empty());
  json.begin_array("accounts");
  for (const ListedAccount& account : list.accounts) {
    write_json(json, account);
  }
  json.end_array();
  json.begin_array("problems");
  for (const clients::FileFault& fault : list.faults) {
    json.text(escape(fault.path) + ": " + fault.why);
  }
  json.end_array();
  json.end_object();
  return document + "\n";
}

std::vector<Doubt> find_doubts(const AccountList& list) {
  std::vector<Doubt> doubts;
  for (const ListedAccount& listed : list.accounts) {
    const auto& url_file = listed.account.account_url_file;
    if (url_file && is_writable_by_others(*url_file)) {
      doubts.push_back(
          {.path = url_file->path,
           .what = fmt::format("may be written by others (mode {:04o}, its folder {:04o}), who "
                               "could put another account there",
                               url_file->mode, url_file->folder_mode)});
    }
    const auto& key = listed.account.key_file;
    if (key && is_readable_by_all(*key)) {
      doubts.push_back({.path = key->path,
                        .is_key = true,
                        .what = fmt::format("is a private key and may be read by everybody (mode "
                                            "{:04o})",
                                            key->mode)});
    }
  }
  return doubts;
}

}  // namespace persist::hook
