#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/file_tree.h"
#include "record/identifier.h"

namespace persist::clients {

/// An account that an ACME client keeps on disk, as far as its files tell. Nothing is made up: what
/// they do not hold is empty. Which of several accounts is meant is for the caller to say.
struct ClientAccount {
  std::string client;                      ///< `certbot`, `lego v4`, `lego v5`, `acme.sh`, ...
  std::optional<std::string> directory{};  ///< URL of the CA's directory
  std::optional<std::string> account_url{};
  std::optional<FileFacts> account_url_file{};
  std::optional<FileFacts> key_file{};      ///< looked at, never opened
  std::optional<std::string> key_type{};    ///< `EC P-256`; for who opens the key, empty until then
  std::optional<std::string> thumbprint{};  ///< RFC 7638, SHA-256; likewise
  /// Identifiers of the certificates kept for the account; sorted, none twice.
  std::vector<record::Identifier> names{};
  /// The files tell the CA of these certificates, but not which of its accounts got them: each of
  /// these accounts has them all.
  bool names_are_shared = false;
};

/// What a client's folder holds, in a stable order.
struct ClientFindings {
  std::vector<ClientAccount> accounts{};
  std::vector<FileFault> faults{};  ///< files and folders that could not be read, in reading order
};

}  // namespace persist::clients
