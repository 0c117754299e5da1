// accounts/HOST[:PORT]/PATH/ID/ holds an account: regr.json with its URL beside private_key.json.
// renewal/NAME.conf tells the directory and the account of the certificate live/NAME/cert.pem.
// Source: certbot 2.1.0 to 5.8.0.
#include "clients/certbot_state.h"

#include <fmt/format.h>

#include <utility>

#include "clients/client_folder.h"

namespace persist::clients {
namespace {

void read_renewals(ClientFolder& folder, const FileTree& tree, const std::string& path,
                   CertbotState& state) {
  constexpr std::string_view ending = ".conf";
  for (const FolderEntry& entry : folder.list("renewal")) {
    if (!entry.name.ends_with(ending)) continue;
    const std::string file = "renewal/" + entry.name;
    auto text = folder.read(file);
    if (!text) continue;
    auto conf = parse_renewal_conf(text->text);
    if (conf) {
      const std::string name = entry.name.substr(0, entry.name.size() - ending.size());
      state.lineages.push_back({.name = name, .conf = *std::move(conf)});
    } else {
      state.broken_renewals.push_back({.path = tree.full_path(fmt::format("{}/{}", path, file)),
                                       .text = std::move(text->text),
                                       .line = conf.error().line});
    }
  }
}

void read_certificates(ClientFolder& folder, std::vector<CertbotLineage>& lineages) {
  for (CertbotLineage& lineage : lineages) {
    const std::string& server = lineage.conf.server;
    if (!server.empty()) folder.to_url(server, "renewal/" + lineage.name + ".conf");
    KeptCertificate certificate = folder.read_certificate("live/" + lineage.name + "/cert.pem");
    lineage.names = std::move(certificate.names);
    lineage.validity = certificate.validity;
  }
}

/// Adds the lineages of the account with this id, whose CA keeps its accounts in `ca_folder`.
void add_lineages(ClientAccount& account, const std::vector<CertbotLineage>& lineages,
                  std::string_view ca_folder, std::string_view id) {
  for (const CertbotLineage& lineage : lineages) {
    if (lineage.conf.account != id || !is_http_url(lineage.conf.server)) continue;
    if (certbot_account_folder(lineage.conf.server) != ca_folder) continue;
    account.directory = lineage.conf.server;
    account.names.insert(account.names.end(), lineage.names.begin(), lineage.names.end());
  }
  sort_names(account.names);
}

void read_accounts(ClientFolder& folder, CertbotState& state) {
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
    add_lineages(account, state.lineages, ca_folder, place.path.substr(slash + 1));
    state.accounts.push_back(std::move(account));
  }
}

}  // namespace

std::string_view certbot_account_folder(std::string_view directory) {
  const std::size_t start = directory.find("//");
  std::string_view folder =
      start == std::string_view::npos ? directory : directory.substr(start + 2);
  folder = folder.substr(0, folder.find_first_of("?#"));
  while (!folder.empty() && folder.back() == '/') folder.remove_suffix(1);
  return folder;
}

CertbotState read_certbot_state(const FileTree& tree, const std::string& path) {
  ClientFolder folder(tree, path);
  CertbotState state;
  read_renewals(folder, tree, path, state);
  state.unread_renewals = folder.take_faults();
  read_certificates(folder, state.lineages);
  read_accounts(folder, state);
  state.faults = folder.take_faults();
  return state;
}

}  // namespace persist::clients
