#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "clients/certificate_names.h"
#include "clients/client_findings.h"
#include "clients/file_tree.h"

namespace persist::clients {

/// What the first certificate of a file says; nothing where it cannot be read.
struct KeptCertificate {
  std::vector<record::Identifier> names{};
  std::optional<Validity> validity{};
};

struct JsonFile {
  JsonValue document;
  FileFacts facts;
};

/// A client's folder while it is read. Paths are relative to it. What is not there gives nothing;
/// what is there and cannot be read gives nothing either, and a fault.
class ClientFolder {
 public:
  ClientFolder(const FileTree& tree, std::string path) : tree_(tree), path_(std::move(path)) {}

  std::optional<FileText> read(const std::string& path);
  std::optional<JsonFile> read_json(const std::string& path);
  std::optional<FileFacts> look_at(const std::string& path);
  std::vector<FolderEntry> list(const std::string& path);
  /// The names of entries that may be folders.
  std::vector<std::string> folders(const std::string& path);
  /// Every folder below `path`, parents first, by name; at most 16 levels down and 1000 in all.
  std::vector<SubFolder> walk(const std::string& path);

  /// Reads the first certificate in a PEM file. Names that are no domain names, and a file that is
  /// not there, are faults.
  KeptCertificate read_certificate(const std::string& path);
  /// The names of such a certificate.
  std::vector<record::Identifier> read_names(const std::string& path) {
    return read_certificate(path).names;
  }
  /// A name as the client wrote it into `path`.
  std::optional<record::Identifier> to_identifier(std::string_view text, const std::string& path);
  /// The URL in a member of a document, `{"registration", "uri"}` being a member of a member; a
  /// fault if it is missing or no http or https URL.
  std::optional<std::string> read_url(const JsonValue& document,
                                      const std::vector<std::string_view>& member,
                                      const std::string& path);
  /// `text` if it is an http or https URL, else a fault of `path`.
  std::optional<std::string> to_url(std::string_view text, const std::string& path);

  void add_fault(const std::string& path, std::string why);
  std::vector<FileFault> take_faults() { return std::move(faults_); }

 private:
  std::string inside(const std::string& path) const {
    return path.empty() ? path_ : path_ + "/" + path;
  }
  void walk_entries(const std::string& top, const SubFolder& folder, unsigned levels,
                    std::vector<SubFolder>& found);

  const FileTree& tree_;
  std::string path_;
  std::vector<FileFault> faults_;
};

/// The member of a member; null if it is not there.
const JsonValue* find_member(const JsonValue& document,
                             const std::vector<std::string_view>& member);

/// The text of a member of a member; empty if it is not there or no text.
std::string find_text(const JsonValue& document, const std::vector<std::string_view>& member);

/// True for a URL of scheme http or https in which nothing is wrong.
bool is_http_url(std::string_view text);

/// The host of a URL with its port, `ca.example:14000`; empty if it is no http or https URL.
std::string_view authority_of(std::string_view url);

/// The names of certificates that got into an account's list: sorted, none twice.
void sort_names(std::vector<record::Identifier>& names);

/// Gives `names` to every account that `is_of` picks; shared if there are several.
template <typename IsOf>
void give_names(std::vector<ClientAccount>& accounts, const std::vector<record::Identifier>& names,
                IsOf is_of) {
  std::vector<ClientAccount*> picked;
  for (ClientAccount& account : accounts) {
    if (is_of(account)) picked.push_back(&account);
  }
  for (ClientAccount* account : picked) {
    account->names.insert(account->names.end(), names.begin(), names.end());
    sort_names(account->names);
    if (picked.size() > 1 && !names.empty()) account->names_are_shared = true;
  }
}

}  // namespace persist::clients
