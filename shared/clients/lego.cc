// accounts/HOST[_PORT]/ID/account.json holds an account; its key is keys/ID.key (version 4) or
// ID.key (version 5) beside it. certificates/NAME.json has the URL of the certificate NAME.crt.
// Source: lego 4.9.1, 4.35.2 and 5.3.1.
#include <fmt/format.h>

#include "clients/client_folder.h"
#include "clients/client_readers.h"
#include "clients/lego_settings.h"

namespace persist::clients {
namespace {

/// The account in `home`, whose last part is `id`.
ClientAccount read_account(ClientFolder& folder, const std::string& home, const std::string& id) {
  const std::string path = home + "/account.json";
  ClientAccount account{.client = "lego v4"};
  std::string key = home + "/keys/" + id + ".key";
  if (auto file = folder.read_json(path)) {
    account.account_url_file = std::move(file->facts);
    if (file->document.find("server") != nullptr) {
      account.client = "lego v5";
      account.directory = folder.read_url(file->document, {"server"}, path);
      account.account_url = folder.read_url(file->document, {"registration", "accountURL"}, path);
      key = home + "/" + id + ".key";
    } else {
      account.account_url = folder.read_url(file->document, {"registration", "uri"}, path);
    }
  }
  account.key_file = folder.look_at(key);
  return account;
}

void add_names(ClientFolder& folder, std::vector<ClientAccount>& accounts) {
  constexpr std::string_view ending = ".json";
  for (const FolderEntry& entry : folder.list("certificates")) {
    if (!entry.name.ends_with(ending)) continue;
    const std::string path = "certificates/" + entry.name;
    const auto file = folder.read_json(path);
    if (!file) continue;
    const std::string url = find_text(file->document, {"certUrl"});
    const std::string stem = path.substr(0, path.size() - ending.size());
    give_names(accounts, folder.read_names(stem + ".crt"), [&](const ClientAccount& account) {
      return !url.empty() && authority_of(account.account_url.value_or("")) == authority_of(url);
    });
  }
}

/// `path`, or what the configuration file in it names: the user may know either.
std::string base_folder(const FileTree& tree, const std::string& path) {
  for (const std::string_view name : {".lego.yml", ".lego.yaml"}) {
    const auto file = tree.read(fmt::format("{}/{}", path, name));
    if (!file || !*file) continue;
    const std::string storage = lego_storage((*file)->text);
    return storage.front() == '/' ? storage : fmt::format("{}/{}", path, storage);
  }
  return path;
}

}  // namespace

ClientFindings read_lego(const FileTree& tree, const std::string& path) {
  ClientFolder folder(tree, base_folder(tree, path));
  ClientFindings found;
  for (const std::string& server : folder.folders("accounts")) {
    for (const std::string& id : folder.folders("accounts/" + server)) {
      const std::string home = fmt::format("accounts/{}/{}", server, id);
      ClientAccount account = read_account(folder, home, id);
      if (!account.account_url_file && !account.key_file) continue;
      found.accounts.push_back(std::move(account));
    }
  }
  add_names(folder, found.accounts);
  found.faults = folder.take_faults();
  return found;
}

}  // namespace persist::clients
