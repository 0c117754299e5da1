#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/certbot_state.h"
#include "hook/callers/caller.h"

namespace persist::hook {

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

/// The certbot that calls: what it was told, and what it keeps.
struct Certbot {
  CertbotSettings settings;
  clients::CertbotState state;
};

/// The nearest ancestor that is certbot; null if none is.
const Process* find_certbot(const Call& call);

/// Reads everything once.
Certbot read_certbot(const Call& call);

/// Why the lineages are not all known: a renewal file that may not be read, or one that cannot be
/// understood and runs us. What certbot itself cannot understand it does not renew; but should it
/// do so, it must not be let through.
std::optional<app::UsageError> find_unclear_renewal(const clients::CertbotState& state);

/// True if the command, a string for a shell, runs persist-hook.
bool calls_us(std::string_view command);
/// The same without a sub-command, as a call that has to find out who called.
bool calls_us_plainly(std::string_view command);

/// Fills directory and account of an order: those that the command line says, else those of the
/// lineage (null if there is none yet), else those that certbot takes by itself.
void take_certbot_account(const Certbot& certbot, const clients::CertbotLineage* lineage,
                          Order& order);

}  // namespace persist::hook
