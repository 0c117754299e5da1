#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clients/client_findings.h"
#include "clients/file_tree.h"

namespace persist::clients {

/// How the accounts of one ACME client are found.
struct ClientReader {
  std::string_view name;  ///< as the user names the client: `certbot`
  std::vector<std::string_view> default_folders;
  ClientFindings (*read)(const FileTree& tree, const std::string& folder);
};

/// The table: one row a client, in the order of results.
std::span<const ClientReader> client_readers();

/// The row of that name; null if there is none.
const ClientReader* find_client_reader(std::string_view name);

/// What the client keeps in its default folders, in that order; folders that do not exist hold
/// nothing, and one to which two of them lead is read once.
ClientFindings read_client(const ClientReader& reader, const FileTree& tree);

/// The same of every client in the table.
ClientFindings read_clients(const FileTree& tree);

// One file each; `folder` is what the client's own option for it names.

/// certbot: `--config-dir`. Names by lineage, each of which names its account.
ClientFindings read_certbot(const FileTree& tree, const std::string& folder);
/// lego 4 and 5: `--path`, or the folder of the configuration file `.lego.yml`. Version 4 does not
/// keep the directory; neither keeps the account of a certificate, only its CA.
ClientFindings read_lego(const FileTree& tree, const std::string& folder);
/// acme.sh: `--config-home`.
ClientFindings read_acme_sh(const FileTree& tree, const std::string& folder);
/// dehydrated: the folder of its configuration, or `BASEDIR`. It keeps neither account nor CA of a
/// certificate: the names are those of the CA that the configuration names, where there is one.
ClientFindings read_dehydrated(const FileTree& tree, const std::string& folder);
/// uacme: `--confdir`. It keeps neither account URL nor directory.
ClientFindings read_uacme(const FileTree& tree, const std::string& folder);
/// Caddy: its data directory.
ClientFindings read_caddy(const FileTree& tree, const std::string& folder);
/// mod_md of Apache httpd: `MDStoreDir`.
ClientFindings read_mod_md(const FileTree& tree, const std::string& folder);

}  // namespace persist::clients
