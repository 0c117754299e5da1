// dehydrated runs its hook with the stage as first argument. `generate_csr` comes before the order,
// for each certificate of domains.txt, due or not; `deploy_challenge` for each pending name.
// Source: dehydrated 0.7.0 and 0.7.2.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/escape.h"
#include "clients/certificate_names.h"
#include "clients/client_readers.h"
#include "clients/dehydrated_settings.h"
#include "hook/callers/caller.h"
#include "hook/callers/other_command_line.h"

namespace persist::hook {
namespace {

constexpr std::array<std::string_view, 1> programs{"dehydrated"};
constexpr std::string_view probe = "this_hookscript_is_broken";
/// startup_hook names no certificate: generate_csr follows for each of them.
constexpr std::array<std::string_view, 9> later_stages{
    "startup_hook", "clean_challenge", "invalid_challenge", "request_failure", "sync_cert",
    "deploy_cert",  "deploy_ocsp",     "unchanged_cert",    "exit_hook"};

bool is_before(std::string_view stage) {
  return stage == "generate_csr" || stage == "deploy_challenge";
}

bool is_later(std::string_view stage) {
  return stage.substr(0, probe.size()) == probe ||
         std::find(later_stages.begin(), later_stages.end(), stage) != later_stages.end();
}

bool is_calling(const Call& call) {
  if (call.arguments.empty()) return false;
  return is_before(call.arguments[0]) || is_later(call.arguments[0]);
}

// ---- What dehydrated's configuration says, as far as it can be read without a shell.

/// What is not set there, dehydrated's own defaults.
clients::DehydratedSettings read_settings(const Call& call) {
  const std::string path = call.variable_or_nothing("CONFIG");
  if (!path.empty()) {
    if (auto settings = clients::read_dehydrated_settings(call.files, path)) return *settings;
  }
  return {.directory = clients::dehydrated_directory("letsencrypt"), .renew_days = ""};
}

/// Empty where a part of the configuration could not be read: it may name any CA.
std::string directory_of(const clients::DehydratedSettings& settings, const Process* client) {
  if (client != nullptr) {
    if (const auto given = last_value_of(client->arguments, {"--ca"})) {
      return clients::dehydrated_directory(*given);
    }
  }
  return settings.directory.value_or("");
}

/// Accounts of dehydrated are known by the directory URL in their folder's name; where they are
/// kept can be set.
void take_accounts(const Call& call, const clients::DehydratedSettings& settings, Order& order) {
  const std::string base = call.variable_or_nothing("BASEDIR");
  order.place = base.empty() ? settings.base_folder.value_or("/var/lib/dehydrated") : base;
  order.accounts = clients::read_dehydrated(call.files, order.place).accounts;
  for (const clients::FileFault& fault : settings.faults) {
    order.notes.push_back(fmt::format("{}: {}", escape(fault.path), fault.why));
  }
}

// ---- Which certificate it is about.

/// RENEW_DAYS of dehydrated 0.7.2, the larger of its defaults.
constexpr std::int64_t usual_renew_days = 32;

std::int64_t to_renew_days(const std::string& text) {
  const bool is_number =
      !text.empty() && text.size() < 5 && std::all_of(text.begin(), text.end(), is_digit);
  // A day more, so that a run that begins now and goes on past the limit is not missed.
  return (is_number ? std::stoll(text) : usual_renew_days) + 1;
}

bool is_forced(const Process* client) {
  return client == nullptr || has_flag(client->arguments, {"--force", 'x'}) ||
         has_flag(client->arguments, {"--force-validation"});
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  for (std::string& name : names) {
    name = (name.substr(0, 2) == "*." ? "*." : "") + base_of(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// False only if the certificate is there, has these very names and lasts longer than dehydrated
/// renews ahead.
bool is_due(const Call& call, const clients::DehydratedSettings& settings,
            const std::vector<std::string>& names) {
  if (is_forced(find_ancestor(call, programs)) || !settings.renew_days) return true;
  const auto file = call.files.read(call.arguments[2] + "/cert.pem");
  if (!file || !*file) return true;
  const auto has = clients::read_certificate_names((*file)->text);
  const auto validity = clients::read_certificate_validity((*file)->text);
  if (!has || !validity || !has->others.empty()) return true;
  std::vector<std::string> there;
  for (const auto& identifier : has->identifiers) there.push_back(identifier.text());
  const UnixTime soon =
      add(call.environment.now, std::chrono::hours(24 * to_renew_days(*settings.renew_days)));
  return sorted(names) != sorted(there) || validity->not_after < soon;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, ' ')) {
    if (!trim(word).empty()) words.emplace_back(trim(word));
  }
  return words;
}

/// NAME TOKEN VALUE, with HOOK_CHAIN several times.
Expected<std::vector<OrderedName>, app::UsageError> names_of_challenges(const Call& call) {
  std::vector<std::string> bases;
  for (std::size_t i = 1; i < call.arguments.size(); i += 3) bases.push_back(call.arguments[i]);
  if (std::find(bases.begin(), bases.end(), "") != bases.end()) {
    return Unexpected(empty_name("the call of dehydrated"));
  }
  return widen(bases, words_of(call.variable_or_nothing("altnames")));
}

Expected<Stage, app::UsageError> stage(const Call& call) {
  if (!is_calling(call)) {
    return Unexpected(app::UsageError{
        call.arguments.empty() ? "dehydrated calls with a stage and its arguments"
                               : "unknown stage of dehydrated " + quote(call.arguments[0], 80)});
  }
  if (is_later(call.arguments[0])) return Stage::later;
  const bool is_csr = call.arguments[0] == "generate_csr";
  const bool is_complete = is_csr
                               ? call.arguments.size() == 4
                               : call.arguments.size() >= 4 && (call.arguments.size() - 1) % 3 == 0;
  if (!is_complete) {
    return Unexpected(
        app::UsageError{is_csr ? "dehydrated calls with: generate_csr NAME CERTDIR \"NAMES\""
                               : "dehydrated calls with: deploy_challenge NAME TOKEN VALUE"});
  }
  if (!is_csr) return Stage::before_order;
  const auto names = words_of(call.arguments[3]);
  return is_due(call, read_settings(call), names) ? Stage::before_order : Stage::later;
}

Expected<std::vector<Order>, app::UsageError> orders(const Call& call) {
  const clients::DehydratedSettings settings = read_settings(call);
  Order order{.client = "dehydrated",
              .directory = directory_of(settings, find_ancestor(call, programs))};
  if (call.arguments[0] == "generate_csr") {
    for (std::string& name : words_of(call.arguments[3])) {
      order.names.push_back({.text = std::move(name)});
    }
    if (order.names.empty()) return Unexpected(empty_name("the call of dehydrated"));
    order.certificate = certificate_in(call, call.arguments[2] + "/cert.pem");
  } else {
    auto names = names_of_challenges(call);
    if (!names) return Unexpected(names.error());
    order.names = *std::move(names);
    const std::string alias = call.variable_or_nothing("alias");
    order.certificate =
        certificate_in(call, fmt::format("{}/{}/cert.pem", call.variable_or_nothing("CERTDIR"),
                                         alias.empty() ? call.arguments[1] : alias));
  }
  take_accounts(call, settings, order);
  return std::vector{std::move(order)};
}

}  // namespace

const Caller dehydrated{.command = "dehydrated",
                        .is_calling = is_calling,
                        .stage = stage,
                        .orders = orders,
                        .takes_arguments = true};

}  // namespace persist::hook
