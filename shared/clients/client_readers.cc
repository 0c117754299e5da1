#include "clients/client_readers.h"

#include <algorithm>
#include <utility>

namespace persist::clients {
namespace {

std::string path_of(const std::optional<FileFacts>& facts) {
  return facts ? facts->path : std::string();
}

bool is_same(const ClientAccount& a, const ClientAccount& b) {
  return path_of(a.account_url_file) == path_of(b.account_url_file) &&
         path_of(a.key_file) == path_of(b.key_file);
}

void append(ClientFindings& all, ClientFindings more) {
  for (ClientAccount& account : more.accounts) {
    const auto& known = all.accounts;
    if (std::none_of(known.begin(), known.end(),
                     [&](const ClientAccount& other) { return is_same(account, other); })) {
      all.accounts.push_back(std::move(account));
    }
  }
  for (FileFault& fault : more.faults) {
    if (std::find(all.faults.begin(), all.faults.end(), fault) == all.faults.end()) {
      all.faults.push_back(std::move(fault));
    }
  }
}

}  // namespace

std::span<const ClientReader> client_readers() {
  static const std::vector<ClientReader> readers{
      {"certbot", {"/etc/letsencrypt"}, read_certbot},
      {"lego", {"/var/lib/lego", "/root/.lego"}, read_lego},
      {"acme.sh", {"/root/.acme.sh"}, read_acme_sh},
      {"dehydrated",
       {"/etc/dehydrated", "/usr/local/etc/dehydrated", "/var/lib/dehydrated"},
       read_dehydrated},
      {"uacme", {"/etc/ssl/uacme"}, read_uacme},
      {"caddy", {"/var/lib/caddy/.local/share/caddy"}, read_caddy},
      {"mod_md", {"/etc/apache2/md", "/etc/httpd/md"}, read_mod_md},
  };
  return readers;
}

const ClientReader* find_client_reader(std::string_view name) {
  const std::span<const ClientReader> readers = client_readers();
  const auto found = std::find_if(readers.begin(), readers.end(),
                                  [&](const ClientReader& reader) { return reader.name == name; });
  return found == readers.end() ? nullptr : &*found;
}

ClientFindings read_client(const ClientReader& reader, const FileTree& tree) {
  ClientFindings all;
  for (const std::string_view folder : reader.default_folders) {
    append(all, reader.read(tree, std::string(folder)));
  }
  return all;
}

ClientFindings read_clients(const FileTree& tree) {
  ClientFindings all;
  for (const ClientReader& reader : client_readers()) append(all, read_client(reader, tree));
  return all;
}

}  // namespace persist::clients
