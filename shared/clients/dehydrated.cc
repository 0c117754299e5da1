// accounts/ID/account_id.json holds the account URL beside account_key.pem; ID is base64url of the
// directory URL and a newline. certs/NAME/cert.pem is a certificate; the CA that the configuration
// names gets the next one. Source: dehydrated 0.7.0.
#include "base/base64url.h"
#include "clients/client_folder.h"
#include "clients/client_readers.h"
#include "clients/dehydrated_settings.h"

namespace persist::clients {
namespace {

std::optional<std::string> to_directory(const std::string& id) {
  const auto line = from_base64url(id);
  if (!line || line->empty() || line->back() != '\n') return {};
  std::string url(line->begin(), line->end() - 1);
  if (authority_of(url).empty()) return {};
  return url;
}

}  // namespace

ClientFindings read_dehydrated(const FileTree& tree, const std::string& path) {
  ClientFindings found;
  const auto settings = read_dehydrated_settings(tree, path + "/config");
  if (settings) found.faults = settings->faults;
  if (settings && !settings->base_folder) return found;
  ClientFolder folder(tree, settings ? *settings->base_folder : path);
  for (const std::string& id : folder.folders("accounts")) {
    const std::string home = "accounts/" + id;
    ClientAccount account{.client = "dehydrated", .directory = to_directory(id)};
    if (auto file = folder.read_json(home + "/account_id.json")) {
      account.account_url = folder.read_url(file->document, {"url"}, home + "/account_id.json");
      account.account_url_file = std::move(file->facts);
    }
    account.key_file = folder.look_at(home + "/account_key.pem");
    if (!account.account_url_file && !account.key_file) continue;
    found.accounts.push_back(std::move(account));
  }
  for (const std::string& name : folder.folders("certs")) {
    give_names(found.accounts, folder.read_names("certs/" + name + "/cert.pem"),
               [&](const ClientAccount& account) {
                 return !settings || !settings->directory ||
                        account.directory == settings->directory;
               });
  }
  for (FileFault& fault : folder.take_faults()) found.faults.push_back(std::move(fault));
  return found;
}

}  // namespace persist::clients
