// accounts/HOST[:PORT]/PATH/ID/ holds an account: regr.json with its URL beside private_key.json.
// renewal/NAME.conf tells the directory and the account of the certificate live/NAME/cert.pem.
// Source: certbot 2.1.0 to 5.8.0.
#include <fmt/format.h>

#include "clients/client_folder.h"
#include "clients/client_readers.h"
#include "clients/renewal_conf.h"

namespace persist::clients {
namespace {

/// A certificate that certbot renews.
struct Lineage {
  RenewalConf conf;
  std::vector<record::Identifier> names;
};

/// The folder of a CA's accounts: certbot takes host, port and path of the directory URL.
std::string_view folder_of(std::string_view server) {
  std::string_view folder = server.substr(server.find("//") + 2);
  folder = folder.substr(0, folder.find_first_of("?#"));
  while (!folder.empty() && folder.back() == '/') folder.remove_suffix(1);
  return folder;
}

std::vector<Lineage> read_lineages(ClientFolder& folder) {
  constexpr std::string_view ending = ".conf";
  std::vector<Lineage> lineages;
  for (const FolderEntry& entry : folder.list("renewal")) {
    if (!entry.name.ends_with(ending)) continue;
    const std::string path = "renewal/" + entry.name;
    const auto file = folder.read(path);
    if (!file) continue;
    auto conf = parse_renewal_conf(file->text);
    if (!conf) {
      folder.add_fault(path, fmt::format("cannot be understood at line {}", conf.error().line));
      continue;
    }
    if (!conf->server.empty() && !folder.to_url(conf->server, path)) continue;
    const std::string name = entry.name.substr(0, entry.name.size() - ending.size());
    lineages.push_back(
        {.conf = *std::move(conf), .names = folder.read_names("live/" + name + "/cert.pem")});
  }
  return lineages;
}

/// Adds the lineages of the account with this id, whose CA keeps its accounts in `ca_folder`.
void add_lineages(ClientAccount& account, const std::vector<Lineage>& lineages,
                  std::string_view ca_folder, std::string_view id) {
  for (const Lineage& lineage : lineages) {
    if (lineage.conf.account != id || lineage.conf.server.empty()) continue;
    if (folder_of(lineage.conf.server) != ca_folder) continue;
    account.directory = lineage.conf.server;
    account.names.insert(account.names.end(), lineage.names.begin(), lineage.names.end());
  }
  sort_names(account.names);
}

}  // namespace

ClientFindings read_certbot(const FileTree& tree, const std::string& path) {
  ClientFolder folder(tree, path);
  ClientFindings found;
  const std::vector<Lineage> lineages = read_lineages(folder);
  for (const SubFolder& place : folder.walk("accounts")) {
    const std::size_t slash = place.path.rfind('/');
    if (slash == std::string::npos) continue;
    if (!place.has("regr.json") && !place.has("private_key.json")) continue;
    const std::string home = "accounts/" + place.path;
    const std::string ca_folder = place.path.substr(0, slash);
    ClientAccount account{.client = "certbot", .directory = "https://" + ca_folder};
    if (auto file = folder.read_json(home + "/regr.json")) {
      account.account_url = folder.read_url(file->document, {"uri"}, home + "/regr.json");
      account.account_url_file = std::move(file->facts);
    }
    account.key_file = folder.look_at(home + "/private_key.json");
    add_lineages(account, lineages, ca_folder, place.path.substr(slash + 1));
    found.accounts.push_back(std::move(account));
  }
  found.faults = folder.take_faults();
  return found;
}

}  // namespace persist::clients
