// certbot runs its auth hook for each pending name, with variables that stay set afterwards, and
// its pre-hook before the order, to which it tells nothing. Source: certbot 2.1.0, 4.0.0 and 5.8.0.
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "hook/again.h"
#include "hook/callers/certbot_state.h"

namespace persist::hook {
namespace {

using clients::CertbotLineage;
using Orders = Expected<std::vector<Order>, app::UsageError>;
using Names = Expected<std::vector<std::string>, app::UsageError>;

std::vector<std::string> texts_of(const CertbotLineage& lineage) {
  std::vector<std::string> texts;
  for (const record::Identifier& name : lineage.names) texts.push_back(name.text());
  return texts;
}

bool has_base(const std::vector<std::string>& names, const std::string& base) {
  return std::any_of(names.begin(), names.end(),
                     [&base](const std::string& name) { return base_of(name) == base_of(base); });
}

bool has_all(const std::vector<std::string>& names, const std::vector<std::string>& bases) {
  return std::all_of(bases.begin(), bases.end(),
                     [&names](const std::string& base) { return has_base(names, base); });
}

/// The lineage of that name; without a name those that have all these names, only those that have
/// no others if there are such.
std::vector<const CertbotLineage*> find_lineages(const std::vector<CertbotLineage>& lineages,
                                                 const std::string& name,
                                                 const std::vector<std::string>& bases) {
  std::vector<const CertbotLineage*> found;
  for (const CertbotLineage& lineage : lineages) {
    const bool is_meant = name.empty() ? has_all(texts_of(lineage), bases) : lineage.name == name;
    if (is_meant) found.push_back(&lineage);
  }
  std::vector<const CertbotLineage*> exact;
  std::copy_if(
      found.begin(), found.end(), std::back_inserter(exact),
      [&bases](const CertbotLineage* lineage) { return has_all(bases, texts_of(*lineage)); });
  return exact.empty() ? found : exact;
}

app::UsageError several_lineages(const std::vector<const CertbotLineage*>& found) {
  std::string hint = "give one of";
  for (const CertbotLineage* lineage : found) {
    hint += fmt::format("{} --cert-name {}", lineage == found.front() ? "" : ",",
                        shell_quote(lineage->name));
  }
  return {
      fmt::format("{} certificates of certbot have these names, and nothing tells which of them "
                  "is ordered",
                  found.size()),
      hint};
}

// ---- The auth hook.

/// A variable, which from certbot 5.8 on has a second name.
Expected<std::string, app::UsageError> either_variable(const Call& call, std::string_view name,
                                                       std::string_view newer) {
  const auto value = call.variable(name);
  const auto other = call.variable(newer);
  if (value && other && *value != *other) {
    return Unexpected(
        app::UsageError{fmt::format("the variables {} and {} contradict each other: {} and {}",
                                    name, newer, quote(*value, 80), quote(*other, 80))});
  }
  return call.required_variable(value || !other ? name : newer);
}

/// All names for which certbot has a challenge pending, in its order.
Names pending_names(const Call& call) {
  const auto domain = either_variable(call, "CERTBOT_DOMAIN", "CERTBOT_IDENTIFIER");
  if (!domain) return Unexpected(domain.error());
  if (!call.variable("CERTBOT_ALL_DOMAINS") && !call.variable("CERTBOT_ALL_IDENTIFIERS")) {
    return std::vector{*domain};
  }
  const auto all = either_variable(call, "CERTBOT_ALL_DOMAINS", "CERTBOT_ALL_IDENTIFIERS");
  if (!all) return Unexpected(all.error());
  auto names = split_names(*all, ',', "the variable CERTBOT_ALL_DOMAINS");
  if (names && !has_base(*names, *domain)) {
    return Unexpected(app::UsageError{fmt::format(
        "the variable CERTBOT_DOMAIN is {}, which CERTBOT_ALL_DOMAINS lacks", quote(*domain, 80))});
  }
  return names;
}

Order to_order(const Certbot& certbot, const CertbotLineage& lineage) {
  Order order{
      .client = "certbot", .label = lineage.name, .certificate = at_stake(lineage.validity)};
  for (const record::Identifier& name : lineage.names) order.names.push_back({.text = name.text()});
  take_certbot_account(certbot, &lineage, order);
  return order;
}

bool has_variables(const Call& call) {
  return call.variable("CERTBOT_DOMAIN") || call.variable("CERTBOT_IDENTIFIER");
}

/// Beside --cert-name the variables are not looked at: they may be those of another certificate.
bool is_auth(const Call& call) {
  return has_variables(call) && call.options.cert_name.empty() && find_certbot(call) != nullptr;
}

// ---- Whatever names a lineage.

bool concerns_us(const CertbotLineage& lineage) {
  return calls_us(lineage.conf.pre_hook) || calls_us(lineage.conf.manual_auth_hook) ||
         contains(lineage.conf.authenticator, "persist");
}

/// The one of that name; without a name each that concerns us, or that the owner named.
bool is_meant(const Call& call, const CertbotLineage& lineage, const std::string& name) {
  if (!name.empty()) return lineage.name == name;
  const std::vector<std::string>& also = call.options.also_certs;
  return call.options.all || concerns_us(lineage) ||
         std::find(also.begin(), also.end(), lineage.name) != also.end();
}

/// A certificate that the owner named and that there is not; empty if there is none.
std::string find_missing(const Call& call, const Certbot& certbot) {
  for (const std::string& name : call.options.also_certs) {
    const auto& lineages = certbot.state.lineages;
    const bool is_there = std::any_of(lineages.begin(), lineages.end(),
                                      [&](const auto& lineage) { return lineage.name == name; });
    if (!is_there) return name;
  }
  return {};
}

app::UsageError without_names(const Call& call, const CertbotLineage& lineage,
                              const CertbotSettings& settings) {
  return {fmt::format("the names of certificate {} are not known: {} cannot be read",
                      quote(lineage.name, 80),
                      escape(call.files.full_path(
                          fmt::format("{}/live/{}/cert.pem", settings.folder, lineage.name)))),
          "run as the user that runs certbot"};
}

/// Every lineage that concerns us; only `name` if there is one.
Orders lineage_orders(const Call& call, const Certbot& certbot, const std::string& name) {
  if (auto problem = find_unclear_renewal(certbot.state)) return Unexpected(*std::move(problem));
  std::vector<Order> orders;
  for (const CertbotLineage& lineage : certbot.state.lineages) {
    if (!is_meant(call, lineage, name)) continue;
    if (lineage.names.empty()) return Unexpected(without_names(call, lineage, certbot.settings));
    orders.push_back(to_order(certbot, lineage));
  }
  const std::string missing = name.empty()     ? find_missing(call, certbot)
                              : orders.empty() ? name
                                               : "";
  if (!missing.empty()) {
    return Unexpected(
        app::UsageError{fmt::format("certbot has no certificate {} in {}", quote(missing, 80),
                                    escape(certbot.settings.folder)),
                        "`certbot certificates` lists their names"});
  }
  return orders;
}

/// The order that certbot's command line tells, for which there may be no lineage yet.
std::optional<Order> order_of_line(const Certbot& certbot) {
  const CertbotSettings& settings = certbot.settings;
  if (settings.is_renewal || settings.names.empty()) return {};
  Order order{.client = "certbot", .label = settings.cert_name};
  for (const std::string& name : settings.names) order.names.push_back({.text = name});
  const auto found =
      find_unclear_renewal(certbot.state)
          ? std::vector<const CertbotLineage*>()
          : find_lineages(certbot.state.lineages, settings.cert_name, settings.names);
  take_certbot_account(certbot, found.size() == 1 ? found.front() : nullptr, order);
  return order;
}

bool is_pre(const Call& call) {
  return find_certbot(call) != nullptr;
}

Orders pre_orders(const Call& call) {
  const Certbot certbot = read_certbot(call);
  const std::string& name =
      call.options.cert_name.empty() ? certbot.settings.cert_name : call.options.cert_name;
  auto of_line = order_of_line(certbot);
  // Of a certificate that is ordered with other names than before, the new ones count.
  if (of_line && !name.empty()) return std::vector{*std::move(of_line)};
  auto orders = lineage_orders(call, certbot, name);
  if (!orders) return orders;
  if (of_line) orders->push_back(*std::move(of_line));
  if (!orders->empty()) return orders;
  return Unexpected(
      app::UsageError{"which certificate certbot is about to order is not known",
                      "say it with --cert-name NAME; --all means every certificate of certbot"});
}

Orders auth_orders(const Call& call) {
  if (!call.options.cert_name.empty()) return pre_orders(call);
  const Names pending = pending_names(call);
  if (!pending) return Unexpected(pending.error());
  const Certbot certbot = read_certbot(call);
  const CertbotSettings& settings = certbot.settings;
  const std::vector<CertbotLineage>& lineages = certbot.state.lineages;
  if (auto problem = find_unclear_renewal(certbot.state)) return Unexpected(*std::move(problem));
  const bool line_tells = !settings.is_renewal && has_all(settings.names, *pending);
  const auto found = find_lineages(lineages, settings.cert_name, *pending);
  if (found.size() > 1 && settings.is_renewal) return Unexpected(several_lineages(found));
  const CertbotLineage* const lineage = found.size() == 1 ? found.front() : nullptr;
  const std::vector<std::string> known = line_tells           ? settings.names
                                         : lineage == nullptr ? std::vector<std::string>()
                                                              : texts_of(*lineage);
  Order order{.client = "certbot", .names = widen(*pending, known)};
  if (lineage != nullptr) order.certificate = at_stake(lineage->validity);
  take_certbot_account(certbot, lineage, order);
  std::vector<Order> orders{std::move(order)};
  // The variables may be those of an earlier certificate, and this the pre-hook of the next one.
  for (const CertbotLineage& other : lineages) {
    const bool may_be_meant = !call.caller_is_named && settings.is_renewal && &other != lineage;
    if (may_be_meant && calls_us_plainly(other.conf.pre_hook)) {
      orders.push_back(to_order(certbot, other));
    }
  }
  return orders;
}

/// Beside them those that are passed over, for nothing in them calls us.
Orders renew_orders(const Call& call) {
  const Certbot certbot = read_certbot(call);
  auto orders = lineage_orders(call, certbot, call.options.cert_name);
  if (!orders || !call.options.cert_name.empty()) return orders;
  for (const CertbotLineage& lineage : certbot.state.lineages) {
    if (is_meant(call, lineage, "")) continue;
    orders->push_back({.client = "certbot", .label = lineage.name, .is_skipped = true});
  }
  return orders;
}

Expected<Stage, app::UsageError> always_before(const Call& /*call*/) {
  return Stage::before_order;
}

Expected<Stage, app::UsageError> always_later(const Call& /*call*/) {
  return Stage::later;
}

bool never(const Call& /*call*/) {
  return false;
}

Orders nothing(const Call& /*call*/) {
  return std::vector<Order>();
}

}  // namespace

const Caller certbot_auth{.command = "certbot-auth",
                          .is_calling = is_auth,
                          .stage = always_before,
                          .orders = auth_orders,
                          .ignores_status = true};
const Caller certbot_pre{.command = "certbot-pre",
                         .is_calling = is_pre,
                         .stage = always_before,
                         .orders = pre_orders,
                         .ignores_status = true};
const Caller certbot_renew{.command = "certbot-renew",
                           .is_calling = never,
                           .stage = always_before,
                           .orders = renew_orders,
                           .may_concern_nothing = true};
const Caller certbot_cleanup{
    .command = "certbot-cleanup", .is_calling = never, .stage = always_later, .orders = nothing};

}  // namespace persist::hook
