// acme/CA/users/EMAIL/NAME.json holds an account, its key is NAME.key beside it; CA is host, port
// and path of the directory with hyphens between. certificates/CA/NAME/ holds NAME.crt and
// NAME.json, in which later versions name directory and account. Source: Caddy 2.6.2, acmez.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "clients/client_folder.h"
#include "clients/client_readers.h"

namespace persist::clients {
namespace {

struct Certificate {
  std::string account;  ///< URL, if it is told
  std::vector<record::Identifier> names;
};

/// What is known of a CA by its certificates.
struct Issued {
  std::string directory;  ///< if it is told
  std::vector<Certificate> certificates;
};

Issued read_issued(ClientFolder& folder, const std::string& ca) {
  Issued issued;
  for (const std::string& name : folder.folders("certificates/" + ca)) {
    const std::string stem = fmt::format("certificates/{}/{}/{}", ca, name, name);
    Certificate certificate{.account = {}, .names = folder.read_names(stem + ".crt")};
    if (const auto file = folder.read_json(stem + ".json")) {
      certificate.account = find_text(file->document, {"issuer_data", "account"});
      const std::string directory = find_text(file->document, {"issuer_data", "ca"});
      if (!directory.empty() && folder.to_url(directory, stem + ".json"))
        issued.directory = directory;
    }
    issued.certificates.push_back(std::move(certificate));
  }
  return issued;
}

/// The directory by the folder's name, which has a hyphen for each colon and slash: clear only if
/// the account URL tells where the host ends, and the rest has no hyphen.
std::optional<std::string> guess_directory(const std::string& ca, const std::string& account_url) {
  const std::string authority(authority_of(account_url));
  std::string front = authority + "-";
  std::replace(front.begin(), front.end(), ':', '-');
  if (authority.empty() || ca.substr(0, front.size()) != front) return {};
  const std::string rest = ca.substr(front.size());
  if (rest.empty() || rest.find('-') != std::string::npos) return {};
  return "https://" + authority + "/" + rest;
}

/// The accounts in a user's folder.
std::vector<ClientAccount> read_user(ClientFolder& folder, const std::string& home) {
  constexpr std::string_view ending = ".json";
  std::vector<ClientAccount> accounts;
  for (const FolderEntry& entry : folder.list(home)) {
    if (!entry.name.ends_with(ending)) continue;
    const std::string path = home + "/" + entry.name;
    auto file = folder.read_json(path);
    if (!file) continue;
    accounts.push_back(
        {.client = "caddy",
         .account_url = folder.read_url(file->document, {"location"}, path),
         .account_url_file = std::move(file->facts),
         .key_file = folder.look_at(path.substr(0, path.size() - ending.size()) + ".key")});
  }
  return accounts;
}

}  // namespace

ClientFindings read_caddy(const FileTree& tree, const std::string& path) {
  ClientFolder folder(tree, path);
  ClientFindings found;
  for (const std::string& ca : folder.folders("acme")) {
    std::vector<ClientAccount> accounts;
    for (const std::string& user : folder.folders("acme/" + ca + "/users")) {
      auto more = read_user(folder, fmt::format("acme/{}/users/{}", ca, user));
      std::move(more.begin(), more.end(), std::back_inserter(accounts));
    }
    const Issued issued = read_issued(folder, ca);
    for (ClientAccount& account : accounts) {
      account.directory = issued.directory.empty()
                              ? guess_directory(ca, account.account_url.value_or(""))
                              : std::optional(issued.directory);
    }
    for (const Certificate& certificate : issued.certificates) {
      give_names(accounts, certificate.names, [&](const ClientAccount& account) {
        return certificate.account.empty() || account.account_url == certificate.account;
      });
    }
    std::move(accounts.begin(), accounts.end(), std::back_inserter(found.accounts));
  }
  found.faults = folder.take_faults();
  return found;
}

}  // namespace persist::clients
