// acme.sh evaluates its pre-hook before the order, in a shell whose variables tell everything.
// Source: acme.sh 3.1.4 and 3.1.5.
#include <fmt/format.h>

#include "base/escape.h"
#include "clients/client_folder.h"
#include "clients/client_readers.h"
#include "hook/callers/caller.h"

namespace persist::hook {
namespace {

std::string_view without_port(std::string_view authority) {
  return authority.substr(0, authority.find(':'));
}

/// acme.sh keeps accounts by host and path: those of two ports share a folder, in which the last
/// one registered stands.
bool is_kept_for(const clients::ClientAccount& account, std::string_view directory) {
  const std::size_t start = directory.find("//");
  if (start == std::string_view::npos || !account.account_url_file) return true;
  const std::string_view place = directory.substr(start + 2);
  const std::size_t slash = place.find('/');
  const std::string_view path = slash == std::string_view::npos ? "" : place.substr(slash);
  const std::string file =
      fmt::format("/ca/{}{}/ca.conf", without_port(place.substr(0, slash)), path);
  if (!account.account_url_file->path.ends_with(file)) return false;
  if (!account.account_url) return true;
  const std::string_view host_and_port = clients::authority_of(*account.account_url);
  return without_port(host_and_port) != without_port(place.substr(0, slash)) ||
         host_and_port == place.substr(0, slash);
}

bool is_calling(const Call& call) {
  return call.variable("Le_Domain") && call.variable("DOMAIN_PATH");
}

Expected<Stage, app::UsageError> stage(const Call& /*call*/) {
  return Stage::before_order;
}

Expected<std::vector<Order>, app::UsageError> orders(const Call& call) {
  const auto domain = call.required_variable("Le_Domain");
  if (!domain) return Unexpected(domain.error());
  Order order{.client = "acme.sh", .names = {{.text = *domain}}};
  const std::string others = call.variable_or_nothing("Le_Alt");
  if (!others.empty() && others != "no") {
    auto names = split_names(others, ',', "the variable Le_Alt");
    if (!names) return Unexpected(names.error());
    for (std::string& name : *names) order.names.push_back({.text = std::move(name)});
  }
  order.directory = call.variable_or_nothing("ACME_DIRECTORY");
  const std::string home = call.variable_or_nothing("LE_CONFIG_HOME");
  order.place = home.empty() ? call.variable_or_nothing("LE_WORKING_DIR") : home;
  if (order.place.empty()) order.place = "/root/.acme.sh";
  order.certificate =
      certificate_in(call, call.variable_or_nothing("DOMAIN_PATH") + "/fullchain.cer");
  clients::ClientFindings found = clients::read_acme_sh(call.files, order.place);
  for (clients::ClientAccount& account : found.accounts) {
    if (!is_kept_for(account, order.directory)) continue;
    if (!order.directory.empty()) account.directory = order.directory;
    order.accounts.push_back(std::move(account));
  }
  for (const clients::FileFault& fault : found.faults) {
    if (fault.path.ends_with("/ca.conf"))
      order.notes.push_back(escape(fault.path) + ": " + fault.why);
  }
  return std::vector{std::move(order)};
}

}  // namespace

const Caller acme_sh{
    .command = "acme.sh", .is_calling = is_calling, .stage = stage, .orders = orders};

}  // namespace persist::hook
