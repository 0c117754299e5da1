// accounts/ACME-HOST-NNNN/account.json holds an account, its key is account.pem beside it.
// domains/NAME/md.json names the account and the domains of a certificate. Source: mod_md 2.6.11.
#include "clients/client_folder.h"
#include "clients/client_readers.h"

namespace persist::clients {
namespace {

struct Domain {
  std::string account;  ///< name of its folder
  std::vector<record::Identifier> names;
};

std::vector<Domain> read_domains(ClientFolder& folder) {
  std::vector<Domain> domains;
  for (const std::string& name : folder.folders("domains")) {
    const std::string path = "domains/" + name + "/md.json";
    const auto file = folder.read_json(path);
    if (!file) continue;
    Domain domain{.account = find_text(file->document, {"ca", "account"}), .names = {}};
    const JsonValue* const texts = file->document.find("domains");
    if (texts == nullptr || texts->kind != JsonKind::array) {
      folder.add_fault(path, "has no array in the member domains");
      continue;
    }
    for (const JsonValue& text : texts->items) {
      if (auto id = folder.to_identifier(text.text, path)) domain.names.push_back(*std::move(id));
    }
    domains.push_back(std::move(domain));
  }
  return domains;
}

}  // namespace

ClientFindings read_mod_md(const FileTree& tree, const std::string& path) {
  ClientFolder folder(tree, path);
  ClientFindings found;
  const std::vector<Domain> domains = read_domains(folder);
  for (const std::string& id : folder.folders("accounts")) {
    const std::string file_path = "accounts/" + id + "/account.json";
    auto file = folder.read_json(file_path);
    if (!file) continue;
    ClientAccount account{.client = "mod_md",
                          .directory = folder.read_url(file->document, {"ca-url"}, file_path),
                          .account_url = folder.read_url(file->document, {"url"}, file_path),
                          .account_url_file = std::move(file->facts),
                          .key_file = folder.look_at("accounts/" + id + "/account.pem")};
    for (const Domain& domain : domains) {
      if (domain.account != id) continue;
      account.names.insert(account.names.end(), domain.names.begin(), domain.names.end());
    }
    sort_names(account.names);
    found.accounts.push_back(std::move(account));
  }
  found.faults = folder.take_faults();
  return found;
}

}  // namespace persist::clients
