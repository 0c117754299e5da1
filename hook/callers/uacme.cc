// uacme runs its hook for every challenge type that the CA offers, `begin TYPE NAME TOKEN AUTH`,
// until one call accepts. Source: uacme 1.7.4, 1.7.6 and 1.8.1.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/escape.h"
#include "clients/client_readers.h"
#include "hook/callers/caller.h"
#include "hook/callers/other_command_line.h"
#include "record/ca_profile.h"
#include "record/identifier.h"
#include "record/issue_value.h"

namespace persist::hook {
namespace {

constexpr std::string_view our_type = "dns-persist-01";
constexpr std::array<std::string_view, 1> programs{"uacme"};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_calling(const Call& call) {
  return call.arguments.size() == 5 && is_one_of(call.arguments[0], {"begin", "done", "failed"});
}

Expected<Stage, app::UsageError> stage(const Call& call) {
  if (!is_calling(call)) {
    return Unexpected(
        app::UsageError{"uacme calls with begin, done or failed and four more "
                        "arguments: METHOD TYPE NAME TOKEN AUTH"});
  }
  if (call.arguments[0] != "begin") return Stage::later;
  // The type that is accepted first is the one that uacme answers.
  if (call.options.then.empty() && call.arguments[1] != our_type) return Stage::declined;
  return Stage::before_order;
}

/// The names behind `issue`, where wildcards are kept.
std::vector<std::string> names_of(const Process* client) {
  if (client == nullptr) return {};
  const auto& arguments = client->arguments;
  const auto issue = std::find(arguments.begin(), arguments.end(), "issue");
  return {issue == arguments.end() ? issue : issue + 1, arguments.end()};
}

std::string directory_of(const Process* client) {
  constexpr std::string_view production = "letsencrypt";
  constexpr std::string_view staging = "letsencrypt-staging";
  if (client != nullptr) {
    const auto url = last_value_of(client->arguments, {"--acme-url", 'a'});
    if (url) return *url;
    if (has_flag(client->arguments, {"--staging", 's'})) {
      return record::find_profile(staging)->directory_url;
    }
  }
  return record::find_profile(production)->directory_url;
}

std::string_view without_quotes(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

/// From 1.8 on uacme hands over the record that the CA wants, the policy apart.
std::optional<app::UsageError> take_wanted_record(const std::string& text, Order& order) {
  const auto value = record::parse_issue_value(without_quotes(text));
  const auto is_accounturi = [](const auto& parameter) {
    return equals_ignoring_case(parameter.tag, "accounturi");
  };
  if (value &&
      std::count_if(value->parameters.begin(), value->parameters.end(), is_accounturi) == 1) {
    order.handed_issuer = value->issuer_domain_name;
    order.handed_account_url =
        std::find_if(value->parameters.begin(), value->parameters.end(), is_accounturi)->value;
    return {};
  }
  return app::UsageError{
      fmt::format("what uacme hands over is no record of this method: {}", quote(text, 200))};
}

Expected<std::vector<Order>, app::UsageError> orders(const Call& call) {
  const Process* const client = find_ancestor(call, programs);
  std::string name = call.arguments[2];
  const auto same = call.variable("UACME_IDENT");
  if (same && *same != name) {
    return Unexpected(
        app::UsageError{fmt::format("uacme orders for {} by its arguments, for {} by "
                                    "the variable UACME_IDENT",
                                    quote(name, 80), quote(*same, 80))});
  }
  Order order{.client = "uacme", .directory = directory_of(client)};
  if (call.arguments[1] == our_type) {
    order.native = NativeClient::uacme;
    const std::string label = std::string(record::validation_label) + ".";
    if (name.substr(0, label.size()) == label) name.erase(0, label.size());
    if (auto problem = take_wanted_record(call.arguments[4], order)) return Unexpected(*problem);
  }
  if (name.empty()) return Unexpected(empty_name("the call of uacme"));
  order.names = widen({name}, names_of(client));
  order.place = call.variable_or_nothing("UACME_CONFDIR");
  if (order.place.empty() && client != nullptr) {
    order.place =
        path_of(last_value_of(client->arguments, {"--confdir", 'c'}).value_or(""), client, call);
  }
  if (order.place.empty()) order.place = "/etc/ssl/uacme";
  const std::vector<std::string> listed = names_of(client);
  order.certificate = certificate_in(
      call, fmt::format("{}/{}/cert.pem", order.place, listed.empty() ? name : listed.front()));
  order.accounts = clients::read_uacme(call.files, order.place).accounts;
  return std::vector{std::move(order)};
}

}  // namespace

const Caller uacme{.command = "uacme",
                   .is_calling = is_calling,
                   .stage = stage,
                   .orders = orders,
                   .takes_arguments = true};

}  // namespace persist::hook
