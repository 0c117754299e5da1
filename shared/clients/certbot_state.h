#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/certificate_names.h"
#include "clients/client_findings.h"
#include "clients/renewal_conf.h"

namespace persist::clients {

/// A certificate that certbot renews.
struct CertbotLineage {
  std::string name;
  RenewalConf conf;
  std::vector<record::Identifier> names{};  ///< of the certificate; none if that cannot be read
  std::optional<Validity> validity{};       ///< likewise
};

/// A renewal file with which certbot itself would give up.
struct BrokenRenewal {
  std::string path;
  std::string text;
  std::size_t line;  ///< counted from 1
};

/// What certbot keeps in its folder, each file read once.
struct CertbotState {
  std::vector<CertbotLineage> lineages{};  ///< by name
  std::vector<BrokenRenewal> broken_renewals{};
  std::vector<FileFault> unread_renewals{};  ///< renewal files, or their folder, that may not be
                                             ///< read: anything might be in them
  std::vector<ClientAccount> accounts{};
  std::vector<FileFault> faults{};  ///< everything else that could not be read, in reading order
};

/// Reads `folder`, which `--config-dir` names.
CertbotState read_certbot_state(const FileTree& tree, const std::string& folder);

/// Where below `accounts` certbot keeps those of a CA: host, port and path of the directory's URL.
std::string_view certbot_account_folder(std::string_view directory);

}  // namespace persist::clients
