#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/file_tree.h"

namespace persist::clients {

/// What dehydrated's configuration says of its CA and its folders.
struct DehydratedSettings {
  std::optional<std::string> directory{};    ///< URL of the active CA's directory; empty: not known
  std::optional<std::string> base_folder{};  ///< BASEDIR; empty: not known
  std::optional<std::string> renew_days{};  ///< RENEW_DAYS as it is written, empty if it is not set
                                            ///< there; no value: not known
  std::vector<FileFault> faults{};
};

/// The directory's URL for what `CA` or `--ca` says: dehydrated has names for some CAs.
std::string dehydrated_directory(const std::string& ca);

/// Reads dehydrated's configuration file and, where it names one, the folder of additional files,
/// in dehydrated's order and as text: no shell is started. Nothing if there is no such file. What
/// variables of a shell would have to tell is not known, and a fault where it matters. Source:
/// dehydrated 0.7.2, load_config.
std::optional<DehydratedSettings> read_dehydrated_settings(const FileTree& tree,
                                                           const std::string& config_file);

}  // namespace persist::clients
