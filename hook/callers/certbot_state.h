#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/client_folder.h"
#include "clients/renewal_conf.h"
#include "hook/callers/caller.h"

namespace persist::hook {

/// A certificate that certbot renews.
struct Lineage {
  std::string name;
  clients::RenewalConf conf;
  std::vector<record::Identifier> names;  ///< of the certificate there is; none if it is unreadable
  std::optional<UnixTime> not_after{};    ///< likewise
};

/// What certbot's command line and `cli.ini` say, as far as it matters to us.
struct CertbotSettings {
  std::string folder;     ///< `--config-dir`
  std::string server{};   ///< empty: not said
  bool is_test = false;   ///< another server and account are in use
  std::string account{};  ///< name of an account's folder; empty: not said
  std::string cert_name{};
  std::vector<std::string> names{};  ///< of `-d`
  bool is_renewal = false;           ///< `renew`: the names are those of lineages
};

/// The nearest ancestor that is certbot; null if none is.
const Process* find_certbot(const Call& call);

CertbotSettings certbot_settings(const Call& call);

/// The lineages, by name. Those whose renewal file certbot itself cannot understand, and therefore
/// does not renew, are left out. Error: a renewal file that may not be read; what is in it might
/// concern us.
Expected<std::vector<Lineage>, app::UsageError> read_lineages(const Call& call,
                                                              const std::string& folder);

/// True if the command, a string for a shell, runs persist-hook.
bool calls_us(std::string_view command);
/// The same without a sub-command, as a call that has to find out who called.
bool calls_us_plainly(std::string_view command);

/// Fills directory and account of an order: those that the command line says, else those of the
/// lineage (null if there is none yet), else those that certbot takes by itself.
void take_certbot_account(const Call& call, const CertbotSettings& settings, const Lineage* lineage,
                          Order& order);

}  // namespace persist::hook
