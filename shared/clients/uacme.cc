// private/key.pem is the only account key, private/NAME/key.pem and NAME/cert.pem are of
// certificates. No file tells the account URL or the CA. Source: uacme 1.7.4.
#include "clients/client_folder.h"
#include "clients/client_readers.h"

namespace persist::clients {

ClientFindings read_uacme(const FileTree& tree, const std::string& path) {
  ClientFolder folder(tree, path);
  ClientFindings found;
  if (auto key = folder.look_at("private/key.pem")) {
    found.accounts.push_back({.client = "uacme", .key_file = std::move(key)});
    for (const std::string& name : folder.folders("")) {
      if (name == "private") continue;
      give_names(found.accounts, folder.read_names(name + "/cert.pem"),
                 [](const ClientAccount& /*only*/) { return true; });
    }
  }
  found.faults = folder.take_faults();
  return found;
}

}  // namespace persist::clients
