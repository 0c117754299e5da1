#include "hook/acme_options.h"

#include "base/escape.h"
#include "clients/client_readers.h"

namespace persist::hook {
namespace {

using Problem = std::optional<std::string>;
using Apply = std::function<Problem(std::string_view)>;

/// Keeps a text that is not empty.
Apply into(std::string& text) {
  return [&text](std::string_view value) -> Problem {
    if (value.empty()) return "an empty text names nothing";
    text = value;
    return {};
  };
}

Apply into(bool& flag) {
  return [&flag](std::string_view) {
    flag = true;
    return Problem();
  };
}

Problem take_client(std::string_view value, std::string& client) {
  std::string names;
  for (const clients::ClientReader& reader : clients::client_readers()) {
    if (reader.name == value) {
      client = value;
      return {};
    }
    names += (names.empty() ? "" : ", ") + std::string(reader.name);
  }
  return quote(value) + " is none of " + names;
}

}  // namespace

std::vector<app::OptionRow> acme_option_rows(AcmeOptions& o) {
  return {
      {"client", "NAME", "only accounts of this client: certbot, lego, acme.sh, dehydrated, ...",
       [&o](std::string_view v) { return take_client(v, o.client); }, false, false, false},
      {"path", "DIR", "where that client keeps its files, if not in the usual place",
       into(o.folder), false, false, false},
      {"root", "DIR", "look below another root: an image, a chroot, a backup", into(o.root), false,
       false, false},
      {"read-keys", "", "open the private keys, for their types and thumbprints", into(o.read_keys),
       false, false, false},
      {"key", "FILE", "ask the CA of --directory or --ca which account has this key",
       into(o.key_file), false, false, false},
      {"ca-file", "FILE", "PEM certificates to trust in HTTPS beside the system's",
       into(o.ca_file)},
      {"proxy-from-env", "", "obey https_proxy, all_proxy and no_proxy",
       into(o.proxy_from_environment)},
  };
}

}  // namespace persist::hook
