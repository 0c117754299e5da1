#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/expected.h"

namespace persist::clients {

/// What certbot's `renewal/NAME.conf` says of the account and of who is called; empty where it says
/// nothing.
struct RenewalConf {
  std::string server{};            ///< URL of the CA's directory
  std::string account{};           ///< name of the account's folder
  std::string authenticator{};     ///< `manual`, `webroot`, ...
  std::string manual_auth_hook{};  ///< a command for a shell, to look through: triple quotes stay
  std::string pre_hook{};          ///< likewise
  bool operator==(const RenewalConf&) const = default;
};

/// The line, counted from 1, at which certbot itself would give up: neither a section nor a
/// `key = value`, an open quote, or one of these keys twice.
struct BadConfLine {
  std::size_t line;
  bool operator==(const BadConfLine&) const = default;
};

/// Reads the section `[renewalparams]` of a renewal file, which certbot writes with Python's
/// ConfigObj: values may be quoted, a triple quote may span lines, `#` begins a comment.
Expected<RenewalConf, BadConfLine> parse_renewal_conf(std::string_view text);

}  // namespace persist::clients
