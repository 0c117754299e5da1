#pragma once

#include <string>
#include <vector>

#include "app/option_table.h"

namespace persist::hook {

/// What `account` and `detect` are told beside the rest.
struct AcmeOptions {
  std::string client{};    ///< row of the table of client readers; empty: all
  std::string folder{};    ///< of that client, where it is not the usual one
  std::string root{};      ///< the files below it are looked at, not those of this machine
  std::string key_file{};  ///< whose account is asked for at the CA
  bool read_keys = false;  ///< tell type and thumbprint of the keys that are found
  bool allows_insecure_permissions = false;
  std::string ca_file{};
  bool proxy_from_environment = false;
};

/// The rows that fill `options`; it must outlive them.
std::vector<app::OptionRow> acme_option_rows(AcmeOptions& options);

}  // namespace persist::hook
