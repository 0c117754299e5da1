#include "clients/client_readers.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace persist::clients {
namespace {

void append(ClientFindings& all, ClientFindings more) {
  std::move(more.accounts.begin(), more.accounts.end(), std::back_inserter(all.accounts));
  std::move(more.faults.begin(), more.faults.end(), std::back_inserter(all.faults));
}

}  // namespace

std::span<const ClientReader> client_readers() {
  static const std::vector<ClientReader> readers{
      {"certbot", {"/etc/letsencrypt"}, read_certbot},
      {"lego", {"/var/lib/lego", "/root/.lego"}, read_lego},
      {"acme.sh", {"/root/.acme.sh"}, read_acme_sh},
      {"dehydrated", {"/var/lib/dehydrated", "/etc/dehydrated"}, read_dehydrated},
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
