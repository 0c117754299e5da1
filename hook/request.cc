#include "hook/request.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/owner_name.h"
#include "base/escape.h"
#include "record/explain.h"

namespace persist::hook {
namespace {

void add_once(std::vector<record::Identifier>& identifiers, record::Identifier identifier) {
  if (std::find(identifiers.begin(), identifiers.end(), identifier) == identifiers.end()) {
    identifiers.push_back(std::move(identifier));
  }
}

Expected<record::Identifier, app::UsageError> read_identifier(const std::string& text) {
  auto identifier = record::parse_identifier(text);
  if (!identifier) return Unexpected(app::UsageError{record::explain(identifier.error(), text)});
  if (auto refusal = app::refuse_owner_name(*identifier)) return Unexpected(*std::move(refusal));
  return *std::move(identifier);
}

}  // namespace

std::string source_of_account(const Options& options) {
  const auto given = options.given.find("account-url");
  if (given == options.given.end()) return "";
  return given->second.origin == app::Origin::client
             ? options.client
             : std::string(app::to_text(given->second.origin));
}

bool account_is_proven(const Options& options) {
  const auto given = options.given.find("account-url");
  if (given == options.given.end()) return false;
  return given->second.origin == app::Origin::client
             ? options.client_is_trusted
             : given->second.origin != app::Origin::variable;
}

Expected<std::vector<record::Identifier>, app::UsageError> read_identifiers(
    const Options& options) {
  if (options.wildcard && options.no_wildcard) {
    return Unexpected(app::UsageError{"--wildcard and --no-wildcard exclude each other"});
  }
  std::vector<record::Identifier> identifiers;
  for (const std::string& text : options.names) {
    const auto identifier = read_identifier(text);
    if (!identifier) return Unexpected(identifier.error());
    if (options.no_wildcard && identifier->wildcard) {
      return Unexpected(
          app::UsageError{identifier->text() + " is a wildcard name, and --no-wildcard is given"});
    }
    add_once(identifiers, *identifier);
    if (options.wildcard) add_once(identifiers, {.name = identifier->name, .wildcard = true});
  }
  if (identifiers.empty() && options.open_names.empty())
    return Unexpected(app::UsageError{"no name to check", "give one or more NAMEs"});
  return identifiers;
}

namespace {

/// Ways to ask that exclude each other.
std::optional<app::UsageError> find_contradiction(const Options& options) {
  if (options.compare && options.authoritative)
    return app::UsageError{"--compare and --authoritative exclude each other"};
  if (options.compare && options.common.resolvers.size() < 2) {
    return app::UsageError{"--compare needs two resolvers or more",
                           "give each of them with --resolver"};
  }
  if (options.require_dnssec && options.authoritative) {
    return app::UsageError{"--require-dnssec and --authoritative exclude each other",
                           "the name servers of a zone validate nothing: a resolver does"};
  }
  return {};
}

}  // namespace

std::optional<app::UsageError> read_request(const Options& options, Request& request) {
  if (auto contradiction = find_contradiction(options)) return contradiction;
  auto identifiers = read_identifiers(options);
  if (!identifiers) return identifiers.error();
  request.identifiers = *std::move(identifiers);
  for (const std::string& text : options.open_names) {
    auto identifier = read_identifier(text);
    if (!identifier) return identifier.error();
    add_once(request.open_identifiers, *std::move(identifier));
  }
  auto profile = app::make_profile(options.common);
  if (!profile) return profile.error();
  request.ca = *std::move(profile);
  if (options.common.account_url.empty()) {
    return app::UsageError{"which account is to be authorised is not known",
                           "give it with --account-url"};
  }
  if (request.ca.dialect == record::Dialect::draft_02 && options.common.thumbprints.empty()) {
    // Nothing in this program opens a private key.
    const std::string only_place =
        options.key_file.empty()
            ? ""
            : fmt::format(", and only the private key {} tells it", quote(options.key_file, 200));
    return app::UsageError{
        "dialect 02 hashes the account key: its thumbprint is needed" + only_place,
        "give it with --thumbprint (PERSIST_HOOK_THUMBPRINT)"};
  }
  request.account.ca = &request.ca;
  request.account.source = source_of_account(options);
  record::Account& account = request.account.account;
  account.url = options.common.account_url;
  account.thumbprints = options.common.thumbprints;
  // Whoever lists thumbprints lists them all; a client tells only that of its key now.
  const auto thumbprints = options.given.find("thumbprint");
  account.keys_complete =
      thumbprints != options.given.end() && thumbprints->second.origin != app::Origin::client;
  return {};
}

}  // namespace persist::hook
