// lego 5 has a pre-hook, which its variables tell from the hooks after issuance; versions 4 and 5
// have the DNS provider `exec`, which is called for each challenge. Source: lego 4.9.1, 4.35.2 and
// 5.3.1.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/escape.h"
#include "clients/client_folder.h"
#include "clients/client_readers.h"
#include "clients/lego_settings.h"
#include "hook/callers/caller.h"
#include "hook/callers/other_command_line.h"
#include "record/ca_profile.h"

namespace persist::hook {
namespace {

constexpr std::array<std::string_view, 1> programs{"lego"};

const Process* client_of(const Call& call) {
  return find_ancestor(call, programs);
}

/// The base folder where lego was started with a configuration file.
std::string storage_of(const Call& call, const Process& client) {
  std::vector<std::string> files{".lego.yml", ".lego.yaml"};
  const std::string variable = call.variable_or_nothing("LEGO_CONFIG");
  if (!variable.empty()) files = {variable};
  if (const auto given = last_value_of(client.arguments, {"--config"})) files = {*given};
  for (const std::string& file : files) {
    const auto text = call.files.read(path_of(file, &client, call));
    if (!text || !*text) continue;
    return clients::lego_storage((*text)->text);
  }
  return ".lego";
}

/// The base folder. A lego that is not told `run` works by its configuration file (version 5).
std::string place_of(const Call& call, bool by_variables) {
  const Process* const client = client_of(call);
  if (client != nullptr) {
    if (const auto given = last_value_of(client->arguments, {"--path"}))
      return path_of(*given, client, call);
    const bool has_command =
        has_word(client->arguments, "run") || has_word(client->arguments, "renew");
    if (by_variables && !has_command) return path_of(storage_of(call, *client), client, call);
  }
  const std::string variable = call.variable_or_nothing("LEGO_PATH");
  return path_of(variable.empty() ? ".lego" : variable, client, call);
}

/// Version 5 takes short names of CAs too.
std::string to_directory(const std::string& text) {
  const record::CaProfile* const named = record::find_profile(text);
  return named == nullptr || named->directory_url.empty() ? text : named->directory_url;
}

bool is_of(const clients::ClientAccount& account, const std::string& id) {
  return id.empty() || (account.account_url_file &&
                        account.account_url_file->path.ends_with("/" + id + "/account.json"));
}

/// Version 4 does not keep the directory: its folder is called by host and port.
bool is_at(const clients::ClientAccount& account, std::string_view directory) {
  if (account.directory || directory.empty() || !account.account_url_file) return true;
  std::string authority(clients::authority_of(directory));
  for (char& c : authority) {
    if (c == ':') c = '_';
  }
  return contains(account.account_url_file->path, "/accounts/" + authority + "/");
}

void take_accounts(const Call& call, const std::string& id, Order& order) {
  for (clients::ClientAccount& account : clients::read_lego(call.files, order.place).accounts) {
    if (is_of(account, id) && is_at(account, order.directory)) {
      order.accounts.push_back(std::move(account));
    }
  }
}

/// lego calls it by its first name, in which a star is an underscore.
CertificateAtStake certificate_named(const Call& call, const std::string& place, std::string name) {
  std::replace(name.begin(), name.end(), '*', '_');
  return certificate_in(call, fmt::format("{}/certificates/{}.crt", place, name));
}

bool has_variables(const Call& call) {
  return call.variable("LEGO_HOOK_CERT_DOMAINS").has_value();
}

/// After issuance lego names the certificate's file. Of another certificate that variable may still
/// be set, so the file has to be this one's.
bool is_after(const Call& call) {
  const auto path = call.variable("LEGO_HOOK_CERT_PATH");
  const auto name = call.variable("LEGO_HOOK_CERT_NAME_SANITIZED");
  return path && name && !name->empty() && path->ends_with(fmt::format("/{}.crt", *name));
}

bool is_exec(const Call& call) {
  if (call.arguments.empty()) return false;
  return call.arguments[0] == "present" || call.arguments[0] == "cleanup";
}

bool is_raw(const Call& call) {
  return call.arguments.size() == 5 && call.arguments[1] == "--";
}

Expected<Stage, app::UsageError> exec_stage(const Call& call) {
  if (!is_raw(call) && call.arguments.size() != 3) {
    return Unexpected(app::UsageError{
        "lego's exec provider calls with: present|cleanup -- NAME TOKEN KEYAUTH (EXEC_MODE=RAW)"});
  }
  if (call.arguments[0] == "cleanup") return Stage::later;
  if (is_raw(call)) return Stage::before_order;
  // FQDN may be the target of an alias, which tells nothing of the name.
  return Unexpected(
      app::UsageError{"lego does not say for which name it calls", "set EXEC_MODE=RAW"});
}

/// A key authorisation is the token, a dot and the thumbprint. Source: RFC 8555 section 8.1.
std::string thumbprint_in(const std::string& key_authorization) {
  constexpr std::size_t thumbprint_octets = 43;
  const std::size_t dot = key_authorization.rfind('.');
  if (dot == std::string::npos || key_authorization.size() - dot - 1 != thumbprint_octets)
    return {};
  return key_authorization.substr(dot + 1);
}

std::string first_of(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (!text.empty()) return text;
  }
  return {};
}

Expected<std::vector<Order>, app::UsageError> exec_orders(const Call& call) {
  const Process* const client = client_of(call);
  const std::vector<std::string> line =
      client == nullptr ? std::vector<std::string>() : client->arguments;
  const std::string& name = call.arguments[2];
  if (name.empty()) return Unexpected(empty_name("the call of lego"));
  Order order{.client = "lego", .names = widen({name}, names_of_domain_options(line))};
  order.directory =
      to_directory(first_of({last_value_of(line, {"--server", 's'}).value_or(""),
                             call.variable_or_nothing("LEGO_SERVER"), "letsencrypt"}));
  order.place = place_of(call, false);
  order.thumbprint = thumbprint_in(call.arguments[4]);
  const std::vector<std::string> listed = names_of_domain_options(line);
  order.certificate = certificate_named(call, order.place, listed.empty() ? name : listed.front());
  take_accounts(call,
                first_of({last_value_of(line, {"--account-id"}).value_or(""),
                          last_value_of(line, {"--email", 'm'}).value_or(""),
                          call.variable_or_nothing("LEGO_EMAIL")}),
                order);
  return std::vector{std::move(order)};
}

/// What lego will want of the record itself, as far as its command line tells.
void take_native_options(const Process* client, Order& order) {
  if (client == nullptr || !has_flag(client->arguments, {"--dns-persist"})) return;
  order.native = NativeClient::lego;
  const auto end = last_value_of(client->arguments, {"--dns-persist.persist-until"});
  if (end) order.native_end = parse_time(*end);
}

Expected<Stage, app::UsageError> variables_stage(const Call& call) {
  return is_after(call) ? Stage::later : Stage::before_order;
}

Expected<std::vector<Order>, app::UsageError> variables_orders(const Call& call) {
  const auto domains = call.required_variable("LEGO_HOOK_CERT_DOMAINS");
  if (!domains) return Unexpected(domains.error());
  auto names = split_names(*domains, ',', "the variable LEGO_HOOK_CERT_DOMAINS");
  if (!names) return Unexpected(names.error());
  Order order{.client = "lego",
              .directory = to_directory(call.variable_or_nothing("LEGO_HOOK_ACCOUNT_SERVER")),
              .place = place_of(call, true)};
  for (std::string& name : *names) order.names.push_back({.text = std::move(name)});
  take_native_options(client_of(call), order);
  order.certificate = certificate_named(call, order.place,
                                        call.variable_or_nothing("LEGO_HOOK_CERT_NAME_SANITIZED"));
  take_accounts(call, call.variable_or_nothing("LEGO_HOOK_ACCOUNT_ID"), order);
  return std::vector{std::move(order)};
}

/// The sub-command serves both ways.
Expected<Stage, app::UsageError> stage(const Call& call) {
  return call.arguments.empty() ? variables_stage(call) : exec_stage(call);
}

Expected<std::vector<Order>, app::UsageError> orders(const Call& call) {
  return call.arguments.empty() ? variables_orders(call) : exec_orders(call);
}

bool is_calling_after(const Call& call) {
  return call.arguments.empty() && has_variables(call) && is_after(call);
}

bool is_calling_before(const Call& call) {
  return call.arguments.empty() && has_variables(call);
}

}  // namespace

const Caller lego_after{.command = "lego",
                        .is_calling = is_calling_after,
                        .stage = stage,
                        .orders = orders,
                        .takes_arguments = true};
const Caller lego_before{.command = "lego",
                         .is_calling = is_calling_before,
                         .stage = stage,
                         .orders = orders,
                         .takes_arguments = true};
const Caller lego_exec{.command = "lego",
                       .is_calling = is_exec,
                       .stage = stage,
                       .orders = orders,
                       .takes_arguments = true};

}  // namespace persist::hook
