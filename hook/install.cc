// persist-hook install CLIENT: the lines to paste, and what they can and cannot block.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/escape.h"
#include "clients/client_readers.h"
#include "hook/again.h"
#include "hook/command.h"
#include "hook/slots.h"

namespace persist::hook {
namespace {

/// What is told of one client beside what its slots block. In texts `{}` stands for the option that
/// names the account, with a blank in front, or for nothing.
struct Guide {
  std::string_view client;
  std::string_view reader;    ///< the row of the clients' table that finds its accounts
  std::string_view settings;  ///< ` --account-url {}` on a line, or a line of the settings file
  std::string_view text;
};

constexpr std::string_view as_option = " --account-url {}";
constexpr std::string_view as_setting = "account-url: {}\n";

constexpr std::string_view certbot_text =
    R"(# certbot goes on after a hook that fails, so persist-hook stops it in other ways.
# No release up to 5.8.0 can use dns-persist-01 itself.

# 1. Recommended: in front of every timed renewal. A bad record does not hold up the other certificates.
#    systemctl edit certbot.service
[Service]
ExecStart=
ExecStart=/usr/bin/persist-hook certbot-renew{0} --each -- certbot -q renew --no-random-sleep-on-renew
#    Certificates in whose renewal files nothing calls persist-hook are not renewed by it: --all takes every certificate,
#    --also-cert NAME one more; `persist-hook certbot-renew` lists those that it skips.

# 2. In front of one certificate; certbot keeps the line in its renewal file.
certbot certonly -d example.com --pre-hook 'persist-hook certbot-pre --cert-name example.com{0}'

# 3. In front of every run that renews, before all other pre-hooks.
printf '#!/bin/sh\nexec /usr/bin/persist-hook certbot-pre{0}\n' > /etc/letsencrypt/renewal-hooks/pre/00-persist-hook
chmod 755 /etc/letsencrypt/renewal-hooks/pre/00-persist-hook
)";

constexpr std::string_view lego_text =
    R"(# lego 5, which can use dns-persist-01 itself
lego run -d example.com -d '*.example.com' --dns-persist --pre-hook 'persist-hook lego{0}'

# lego 5 by configuration file (.lego.yml)
hooks:
  pre:
    command: persist-hook lego{0}

# lego 4, which cannot: in front of the client
persist-hook check -d example.com{0} && lego --dns exec -d example.com renew

# lego 4, in the slot of the exec provider; /etc/persist-hook.yaml holds the options
EXEC_MODE=RAW EXEC_PATH=/usr/bin/persist-hook PERSIST_HOOK_THEN=/usr/local/bin/dns-update lego --dns exec -d example.com run

# lego 5 itself wants persistUntil to be what its own option says, or waits for Enter.
)";

constexpr std::string_view acme_sh_text =
    R"(# acme.sh 3.1.4 and newer can use dns-persist-01 itself; the account must exist before the first order.
# Its own choice of a CA is ZeroSSL: say --server in both lines.
acme.sh --register-account --server letsencrypt
acme.sh --issue --server letsencrypt --dns-persist -d example.com -d '*.example.com' --pre-hook 'persist-hook acme.sh{0}'
)";

constexpr std::string_view dehydrated_text =
    R"(# dehydrated up to 0.7.2 cannot use dns-persist-01 itself. It passes no arguments: options stand in /etc/persist-hook.yaml.
# /etc/dehydrated/config
CHALLENGETYPE=dns-01
HOOK=/usr/bin/persist-hook

# in the environment of the cron job, where another hook has to publish or deploy
PERSIST_HOOK_THEN=/etc/dehydrated/hook.sh
)";

constexpr std::string_view uacme_text =
    R"(# uacme 1.8 and newer can use dns-persist-01 itself. It keeps no account URL and passes no arguments:
# options stand in /etc/persist-hook.yaml, the account as the line `account-url: URL`. The CA knows the URL:
# persist-hook account --key /etc/ssl/uacme/private/key.pem --ca letsencrypt
PERSIST_HOOK_THEN=/usr/share/uacme/uacme.sh uacme -h /usr/bin/persist-hook issue example.com
)";

constexpr std::string_view mod_md_text =
    R"(# Apache httpd, mod_md 2.4 and newer. Get the first certificate without the line: before that httpd has no account.
# --no-wildcard goes where a wildcard name is ordered. Our texts are in the error log from `LogLevel md:info` on.
MDMessageCmd /usr/bin/persist-hook mod-md --no-wildcard{0}
)";

constexpr std::array<Guide, 6> guides{{
    {"certbot", "certbot", as_option, certbot_text},
    {"lego", "lego", as_option, lego_text},
    {"acme.sh", "acme.sh", as_option, acme_sh_text},
    {"dehydrated", "dehydrated", as_setting, dehydrated_text},
    {"uacme", "uacme", as_setting, uacme_text},
    {"mod-md", "mod_md", as_option, mod_md_text},
}};

/// What the slots of a client block and what they do not; those that block nothing are left out.
/// Nobody starts httpd for the sake of a certificate: there is no place in front of it.
std::string limits_of(std::string_view client) {
  std::string text;
  for (const Slot* slot : slots()) {
    if (slot->time == SlotTime::too_late) continue;
    const bool is_its_own = slot->client == client;
    if (!is_its_own && (!slot->client.empty() || client == mod_md_slot.client)) continue;
    text += fmt::format("\n# {}\n# Blocks:         {}\n# Does not block: {}\n", slot->title,
                        slot->blocks, slot->does_not_block);
  }
  return text;
}

app::UsageError unknown_client(std::string_view name) {
  std::string known;
  for (const Guide& guide : guides) {
    known += (known.empty() ? "" : ", ") + std::string(guide.client);
  }
  return {fmt::format("no client {} is known (known: {})", quote(name, 80), known)};
}

/// The account of the client on this host; empty where there is none, or more than one.
std::string only_account(const Guide& guide) {
  const auto tree = clients::FileTree::open();
  const clients::ClientReader* const reader = clients::find_client_reader(guide.reader);
  if (!tree || reader == nullptr) return "";
  std::string only;
  for (const clients::ClientAccount& account : clients::read_client(*reader, *tree).accounts) {
    if (!account.account_url || *account.account_url == only) continue;
    if (!only.empty()) return "";
    only = *account.account_url;
  }
  return only;
}

}  // namespace

std::vector<std::string_view> installable_clients() {
  std::vector<std::string_view> names;
  names.reserve(guides.size());
  for (const Guide& guide : guides) names.push_back(guide.client);
  return names;
}

app::ExitStatus run_install(const Options& options, const app::Environment& environment) {
  if (options.names.size() != 1) {
    print_error(environment, {"one client is needed", "see persist-hook install --help"});
    return app::ExitStatus::usage;
  }
  const auto guide = std::find_if(guides.begin(), guides.end(), [&](const Guide& row) {
    return row.client == options.names.front();
  });
  if (guide == guides.end()) {
    print_error(environment, unknown_client(options.names.front()));
    return app::ExitStatus::usage;
  }
  const std::string url =
      options.common.account_url.empty() ? only_account(*guide) : options.common.account_url;
  const std::string account =
      url.empty() ? "" : fmt::format(fmt::runtime(guide->settings), shell_quote(url));
  if (guide->settings == as_setting && !account.empty()) {
    environment.out.write("# /etc/persist-hook.yaml\n" + account + "\n");
    environment.out.write(guide->text);
  } else {
    environment.out.write(fmt::format(fmt::runtime(guide->text), account));
  }
  environment.out.write(limits_of(guide->client));
  return app::ExitStatus::ok;
}

}  // namespace persist::hook
