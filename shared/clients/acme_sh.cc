// ca/HOST/PATH/ca.conf holds the account URL beside account.key; HOST has no port. NAME/NAME.conf
// or NAME_ecc/NAME.conf tells directory and names of a certificate. Source: acme.sh 3.1.4.
#include <fmt/format.h>

#include <set>

#include "base/ascii.h"
#include "clients/client_folder.h"
#include "clients/client_readers.h"
#include "clients/shell_assignments.h"

namespace persist::clients {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

struct Certificate {
  std::string directory;
  std::vector<record::Identifier> names;
};

struct ShellFile {
  Values values;
  FileFacts facts;
};

std::optional<ShellFile> read_shell_file(ClientFolder& folder, const std::string& path) {
  auto file = folder.read(path);
  if (!file) return {};
  auto values = parse_shell_assignments(file->text);
  if (values) return ShellFile{.values = *std::move(values), .facts = std::move(file->facts)};
  folder.add_fault(path, fmt::format("line {} is more than a plain assignment, which only a shell "
                                     "could read",
                                     values.error().line));
  return {};
}

std::string value_of(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

/// The folder below `ca` that belongs to a directory URL.
std::string folder_of(std::string_view directory) {
  const std::string_view authority = authority_of(directory);
  if (authority.empty()) return {};
  // Behind `http://`, lest a host `s` be found in front of it.
  const std::string_view path = directory.substr(directory.find(authority, 7) + authority.size());
  return std::string(authority.substr(0, authority.find(':'))).append(path);
}

/// `Le_Alt` is empty or `no` if the certificate has one name only.
std::vector<record::Identifier> names_in(ClientFolder& folder, const Values& values,
                                         const std::string& path) {
  std::string texts = value_of(values, "Le_Domain");
  const std::string others = value_of(values, "Le_Alt");
  if (!others.empty() && others != "no") texts += "," + others;
  std::vector<record::Identifier> names;
  for (const std::string_view text : split(texts, ',')) {
    if (auto name = folder.to_identifier(text, path)) names.push_back(*std::move(name));
  }
  return names;
}

std::vector<Certificate> read_certificates(ClientFolder& folder) {
  constexpr std::string_view ecc = "_ecc";
  std::vector<Certificate> certificates;
  for (const std::string& home : folder.folders("")) {
    const std::size_t size = home.size() - (home.ends_with(ecc) ? ecc.size() : 0);
    const std::string path = home + "/" + home.substr(0, size) + ".conf";
    const auto file = read_shell_file(folder, path);
    if (!file || file->values.count("Le_Domain") == 0) continue;
    certificates.push_back({.directory = value_of(file->values, "Le_API"),
                            .names = names_in(folder, file->values, path)});
  }
  return certificates;
}

/// The directory by the account URL, which has the port: the CA's accounts are on the host of its
/// directory, else it cannot be told.
std::optional<std::string> guess_directory(const std::string& place,
                                           const std::optional<std::string>& account_url) {
  const std::size_t slash = place.find('/');
  const std::string_view authority = authority_of(account_url ? *account_url : std::string_view());
  if (slash == std::string::npos || authority.empty()) return {};
  if (authority.substr(0, authority.find(':')) != place.substr(0, slash)) return {};
  return "https://" + std::string(authority) + place.substr(slash);
}

/// Adds names and directory by the certificates whose CA has this folder; there are several CAs if
/// they differ in the port.
void add_certificates(ClientAccount& account, const std::vector<Certificate>& certificates,
                      const std::string& place) {
  std::set<std::string> directories;
  for (const Certificate& certificate : certificates) {
    if (folder_of(certificate.directory) != place) continue;
    directories.insert(certificate.directory);
    account.names.insert(account.names.end(), certificate.names.begin(), certificate.names.end());
  }
  sort_names(account.names);
  account.names_are_shared = directories.size() > 1;
  if (directories.size() == 1) account.directory = *directories.begin();
  if (directories.empty()) account.directory = guess_directory(place, account.account_url);
}

}  // namespace

ClientFindings read_acme_sh(const FileTree& tree, const std::string& path) {
  ClientFolder folder(tree, path);
  ClientFindings found;
  const std::vector<Certificate> certificates = read_certificates(folder);
  for (const SubFolder& place : folder.walk("ca")) {
    if (!place.has("ca.conf") && !place.has("account.key")) continue;
    const std::string home = "ca/" + place.path;
    ClientAccount account{.client = "acme.sh"};
    if (auto file = read_shell_file(folder, home + "/ca.conf")) {
      const std::string url = value_of(file->values, "ACCOUNT_URL");
      if (!url.empty()) account.account_url = folder.to_url(url, home + "/ca.conf");
      account.account_url_file = std::move(file->facts);
    }
    account.key_file = folder.look_at(home + "/account.key");
    add_certificates(account, certificates, place.path);
    found.accounts.push_back(std::move(account));
  }
  found.faults = folder.take_faults();
  return found;
}

}  // namespace persist::clients
