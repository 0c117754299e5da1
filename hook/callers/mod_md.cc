// Apache's MDMessageCmd is called with two more arguments, reason and domain. Source: mod_md
// 2.6.11.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/escape.h"
#include "clients/client_folder.h"
#include "clients/client_readers.h"
#include "hook/callers/caller.h"

namespace persist::hook {
namespace {

constexpr std::string_view setup = "challenge-setup:";
constexpr std::array<std::string_view, 3> programs{"apache2", "httpd", "httpd-prefork"};
constexpr std::array<std::string_view, 7> later_reasons{
    "renewed",      "installed",    "expiring",       "errored",
    "ocsp-renewed", "ocsp-errored", "renewing-failed"};

std::string_view reason_of(const Call& call) {
  return call.arguments.size() < 2 ? std::string_view() : call.arguments[call.arguments.size() - 2];
}

bool is_before(std::string_view reason) {
  return reason == "renewing" || reason.substr(0, setup.size()) == setup;
}

bool is_calling(const Call& call) {
  const std::string_view reason = reason_of(call);
  if (is_before(reason)) return true;
  return std::find(later_reasons.begin(), later_reasons.end(), reason) != later_reasons.end() &&
         find_ancestor(call, programs) != nullptr;
}

Expected<Stage, app::UsageError> stage(const Call& call) {
  if (reason_of(call).empty()) {
    return Unexpected(app::UsageError{"mod_md calls with two arguments: REASON DOMAIN"});
  }
  // A failing "renewed" would be repeated for ever.
  return is_before(reason_of(call)) ? Stage::before_order : Stage::later;
}

/// What mod_md keeps of a managed domain: its names, and the folder of its account.
struct Domain {
  std::vector<OrderedName> names;
  std::string account;
};

/// httpd calls with the rights of its `User`, who may not look into `domains`; while a certificate
/// is ordered, what is in there lies in `staging` as well.
std::optional<Domain> read_domain(clients::ClientFolder& folder, const std::string& name) {
  if (name.find('/') != std::string::npos) return {};
  auto file = folder.read_json("domains/" + name + "/md.json");
  if (!file) file = folder.read_json("staging/" + name + "/md.json");
  if (!file) return {};
  Domain domain{.names = {}, .account = clients::find_text(file->document, {"ca", "account"})};
  const JsonValue* const texts = file->document.find("domains");
  if (texts == nullptr || texts->kind != JsonKind::array) return {};
  for (const JsonValue& text : texts->items) domain.names.push_back({.text = text.text});
  return domain;
}

/// The account that was registered for the order under way; until httpd starts again it is nowhere
/// else.
std::optional<clients::ClientAccount> read_new_account(clients::ClientFolder& folder,
                                                       const std::string& name) {
  const std::string path = "staging/" + name + "/account.json";
  if (name.find('/') != std::string::npos) return {};
  auto file = folder.read_json(path);
  if (!file) return {};
  return clients::ClientAccount{.client = "mod_md",
                                .directory = folder.read_url(file->document, {"ca-url"}, path),
                                .account_url = folder.read_url(file->document, {"url"}, path),
                                .account_url_file = std::move(file->facts)};
}

/// `challenge-setup:TYPE:NAME` is about one name, without its `*.`.
std::vector<OrderedName> names_of_setup(std::string_view reason, const Domain& domain) {
  const std::string_view rest = reason.substr(setup.size());
  const std::size_t colon = rest.find(':');
  const std::string name(colon == std::string_view::npos ? "" : rest.substr(colon + 1));
  std::vector<std::string> known;
  for (const OrderedName& other : domain.names) known.push_back(other.text);
  return widen({name}, known);
}

Expected<std::vector<Order>, app::UsageError> orders(const Call& call) {
  const std::string name = call.arguments.back();
  const std::string_view reason = reason_of(call);
  Order order{.client = "mod_md"};
  Domain domain;
  std::optional<clients::ClientAccount> new_account;
  const auto& stores = clients::find_client_reader("mod_md")->default_folders;
  for (const std::string_view place : stores) {
    order.place = place;
    clients::ClientFolder folder(call.files, order.place);
    order.accounts = clients::read_mod_md(call.files, order.place).accounts;
    new_account = read_new_account(folder, name);
    if (auto found = read_domain(folder, name)) {
      domain = *std::move(found);
      order.certificate =
          certificate_in(call, fmt::format("{}/domains/{}/pubcert.pem", order.place, name));
      break;
    }
    if (!order.accounts.empty()) break;
  }
  if (!domain.account.empty()) {
    const std::string home = "/accounts/" + domain.account + "/";
    std::erase_if(order.accounts, [&home](const clients::ClientAccount& account) {
      return !account.account_url_file ||
             account.account_url_file->path.find(home) == std::string::npos;
    });
  }
  if (new_account) order.accounts = {*std::move(new_account)};
  if (order.accounts.empty() && domain.names.empty())
    order.place = fmt::format("{}", fmt::join(stores, " or "));
  order.names = reason == "renewing" ? domain.names : names_of_setup(reason, domain);
  if (order.names.empty()) order.names = {{.text = name, .may_be_wildcard = true}};
  if (order.accounts.size() == 1) order.directory = order.accounts[0].directory.value_or("");
  for (const OrderedName& ordered : order.names) {
    if (ordered.text.empty()) return Unexpected(empty_name("the call of mod_md"));
  }
  return std::vector{std::move(order)};
}

}  // namespace

const Caller mod_md{.command = "mod-md",
                    .is_calling = is_calling,
                    .stage = stage,
                    .orders = orders,
                    .takes_arguments = true};

}  // namespace persist::hook
