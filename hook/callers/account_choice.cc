#include "hook/callers/account_choice.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "hook/again.h"
#include "record/ca_profile.h"
#include "record/legacy_account.h"

namespace persist::hook {
namespace {

using app::UsageError;
using clients::ClientAccount;

constexpr std::size_t most_listed = 8;

bool is_given(const Options& options, const char* name) {
  return options.given.find(name) != options.given.end();
}

void set_told(Options& options, const char* name, const std::string& value) {
  options.given.insert_or_assign(name,
                                 app::Given{.origin = app::Origin::client, .values = {value}});
}

/// Clients differ in a final slash.
std::string_view without_slash(std::string_view url) {
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  return url;
}

bool may_be_of(const ClientAccount& account, const std::string& directory) {
  return directory.empty() || !account.directory ||
         without_slash(*account.directory) == without_slash(directory);
}

/// True if certificates of the account have every name of the order.
bool has_names(const ClientAccount& account, const Order& order) {
  if (account.names_are_shared) return false;
  return std::all_of(order.names.begin(), order.names.end(), [&](const OrderedName& ordered) {
    return std::any_of(account.names.begin(), account.names.end(), [&](const auto& name) {
      return base_of(name.text()) == base_of(ordered.text);
    });
  });
}

std::vector<const ClientAccount*> candidates_of(const Order& order) {
  std::vector<const ClientAccount*> found;
  for (const ClientAccount& account : order.accounts) {
    if (!account.account_url || !may_be_of(account, order.directory)) continue;
    const bool is_known = std::any_of(found.begin(), found.end(), [&](const ClientAccount* other) {
      return other->account_url == account.account_url;
    });
    if (!is_known) found.push_back(&account);
  }
  if (found.size() < 2) return found;
  std::vector<const ClientAccount*> of_names;
  std::copy_if(found.begin(), found.end(), std::back_inserter(of_names),
               [&order](const ClientAccount* account) { return has_names(*account, order); });
  return of_names.size() == 1 ? of_names : found;
}

std::string notes_of(const Order& order) {
  std::string text;
  for (const std::string& note : order.notes) text += "; " + note;
  return text;
}

UsageError no_account(const Order& order) {
  const std::string at =
      order.directory.empty() ? "" : fmt::format(" at {}", quote(order.directory, 200));
  const bool has_key =
      std::any_of(order.accounts.begin(), order.accounts.end(),
                  [&](const auto& a) { return a.key_file && may_be_of(a, order.directory); });
  return {
      fmt::format("no account URL of {}{} in {}{}{}", order.client, at,
                  quote(order.place.empty() ? "its files" : order.place, 200),
                  has_key ? " (a key, but not the URL that the CA gave it)" : "", notes_of(order)),
      "register the account first, or name it with --account-url (PERSIST_HOOK_ACCOUNT_URL)"};
}

UsageError several_accounts(const Order& order, const std::vector<const ClientAccount*>& found) {
  std::string hint = "give one of";
  for (std::size_t i = 0; i < found.size() && i < most_listed; ++i) {
    hint +=
        fmt::format("{} --account-url {}", i == 0 ? "" : ",", shell_quote(*found[i]->account_url));
  }
  if (found.size() > most_listed) hint += fmt::format(" and {} more", found.size() - most_listed);
  return {fmt::format("{} has {} accounts in {}, and nothing tells which of them orders{}",
                      order.client, found.size(), quote(order.place, 200), notes_of(order)),
          hint};
}

UsageError legacy_account(const ClientAccount& account) {
  return {fmt::format("{} keeps the account URL of ACME v1, {}, and nobody knows what it is today",
                      account.client, quote(*account.account_url, 200)),
          "give today's one with --account-url; persist-hook account --key FILE asks the CA"};
}

/// What the files of a client say is believed, where nobody else could have written it.
bool is_trusted(const ClientAccount& account) {
  return account.account_url_file && !clients::is_writable_by_others(*account.account_url_file);
}

std::optional<UsageError> take_handed_account(const Order& order, Options& options) {
  if (is_given(options, "account-url")) {
    if (options.common.account_url == order.handed_account_url) return {};
    return UsageError{
        fmt::format("{} orders for account {}, not for {}", order.client,
                    quote(order.handed_account_url, 200), quote(options.common.account_url, 200)),
        "give the account that the client uses"};
  }
  options.common.account_url = order.handed_account_url;
  options.client = order.client;
  options.client_is_trusted = true;
  set_told(options, "account-url", order.handed_account_url);
  return {};
}

std::optional<UsageError> take_found_account(const Order& order, Options& options) {
  const auto found = candidates_of(order);
  if (found.empty()) return no_account(order);
  if (found.size() > 1) return several_accounts(order, found);
  const ClientAccount& account = *found.front();
  std::string url = *account.account_url;
  if (record::is_legacy_account_url(url)) {
    auto current = record::to_current_account_url(url);
    if (!current) return legacy_account(account);
    url = *std::move(current);
  }
  options.common.account_url = url;
  options.client = account.client;
  options.client_is_trusted = is_trusted(account);
  if (account.account_url_file && !options.client_is_trusted) {
    options.doubts.push_back(
        fmt::format("{} can be written by others than its owner (mode {:04o}, folder {:04o}): "
                    "whoever may do so "
                    "says for which account is checked",
                    escape(account.account_url_file->path), account.account_url_file->mode,
                    account.account_url_file->folder_mode));
  }
  if (account.key_file) options.key_file = account.key_file->path;
  set_told(options, "account-url", url);
  return {};
}

void take_ca(const Order& order, Options& options) {
  const bool is_told =
      is_given(options, "ca") || is_given(options, "directory") || is_given(options, "server");
  if (!is_told && !order.directory.empty()) {
    options.common.directory = order.directory;
    set_told(options, "directory", order.directory);
  }
  if (is_told || is_given(options, "issuer") || order.handed_issuer.empty()) return;
  if (const auto name = record::DomainName::parse(order.handed_issuer)) {
    options.common.issuers = {*name};
    set_told(options, "issuer", order.handed_issuer);
  }
}

std::vector<std::string> bases_of(const std::vector<std::string>& names) {
  std::vector<std::string> bases;
  bases.reserve(names.size());
  for (const std::string& name : names) bases.push_back(base_of(name));
  std::sort(bases.begin(), bases.end());
  bases.erase(std::unique(bases.begin(), bases.end()), bases.end());
  return bases;
}

/// The owner's names count, but they must be those of the client: of two different ones nobody
/// knows which is meant.
std::optional<UsageError> take_names(const Order& order, Options& options) {
  std::vector<std::string> told;
  for (const OrderedName& name : order.names) told.push_back(name.text);
  if (options.names.empty()) {
    for (const OrderedName& name : order.names) {
      const bool is_open = name.may_be_wildcard && !options.wildcard && !options.no_wildcard;
      (is_open ? options.open_names : options.names).push_back(name.text);
    }
    return {};
  }
  if (told.empty() || bases_of(told) == bases_of(options.names)) return {};
  return UsageError{fmt::format("{} orders for {}, but the name given is {}", order.client,
                                quote(fmt::format("{}", fmt::join(told, " ")), 200),
                                quote(fmt::format("{}", fmt::join(options.names, " ")), 200)),
                    "leave the name to the client"};
}

/// The record has to outlive the next renewal, which comes when two thirds of a certificate's life
/// are over, by a week; what the one before lived is what the next one will.
void look_ahead(const CertificateAtStake& certificate, Options& options) {
  constexpr std::chrono::seconds usual = std::chrono::hours(24 * 30);
  constexpr std::chrono::seconds margin = std::chrono::hours(24 * 7);
  const std::chrono::seconds next_renewal = certificate.lifetime * 2 / 3;
  if (next_renewal.count() <= 0) return;
  options.common.warn_before =
      std::max(options.common.warn_before.value_or(usual), next_renewal + margin);
}

}  // namespace

bool needs_key(const Options& options) {
  if (!options.common.thumbprints.empty() || options.key_file.empty()) return false;
  const auto profile = app::make_profile(options.common);
  return profile && profile->dialect == record::Dialect::draft_02;
}

void set_thumbprint(const std::string& thumbprint, Options& options) {
  options.common.thumbprints = {thumbprint};
  set_told(options, "thumbprint", thumbprint);
}

Expected<Options, app::UsageError> options_for(const Order& order, const Options& given) {
  Options options = given;
  options.native = order.native;
  options.native_end = order.native_end;
  look_ahead(order.certificate, options);
  if (auto problem = take_names(order, options)) return Unexpected(*std::move(problem));
  take_ca(order, options);
  std::optional<UsageError> problem;
  if (!order.handed_account_url.empty()) {
    problem = take_handed_account(order, options);
  } else if (!is_given(options, "account-url")) {
    problem = take_found_account(order, options);
  }
  if (problem) return Unexpected(*std::move(problem));
  const bool is_told = !options.common.thumbprints.empty();
  if (!is_told && !order.thumbprint.empty()) set_thumbprint(order.thumbprint, options);
  return options;
}

}  // namespace persist::hook
