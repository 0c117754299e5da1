#include "hook/callers/certbot_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/escape.h"
#include "hook/callers/other_command_line.h"
#include "hook/command.h"
#include "record/ca_profile.h"

namespace persist::hook {
namespace {

constexpr std::array<std::string_view, 3> programs{"certbot", "letsencrypt", "certbot-auto"};
constexpr std::string_view our_name = "persist-hook";
constexpr std::string_view usual_folder = "/etc/letsencrypt";
/// certbot's options without a value that are put together with others: `-nqd NAME`.
constexpr std::string_view flag_letters = "nqv";

std::string directory_of(std::string_view profile) {
  return record::find_profile(profile)->directory_url;
}

/// `key = value` lines; a key may be written with `-` or `_`.
std::string value_in(std::string_view text, std::string_view key) {
  std::string found;
  for (std::string_view line : split(text, '\n')) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const std::size_t end = line.find_first_of("=:");
    std::string name(trim(line.substr(0, end)));
    std::replace(name.begin(), name.end(), '_', '-');
    if (name != key) continue;
    found = end == std::string_view::npos ? "true" : std::string(trim(line.substr(end + 1)));
  }
  return found;
}

void read_ini(const Call& call, const std::string& path, CertbotSettings& settings) {
  const auto file = call.files.read(path);
  if (!file || !*file) return;
  const std::string& text = (*file)->text;
  const auto take = [&text](std::string_view key, std::string& into) {
    std::string value = value_in(text, key);
    if (into.empty()) into = std::move(value);
  };
  take("server", settings.server);
  take("account", settings.account);
  for (const std::string_view key : {"staging", "test-cert", "dry-run"}) {
    if (equals_ignoring_case(value_in(text, key), "true")) settings.is_test = true;
  }
}

/// certbot takes the beginning of a long option for all of it, where only one begins so.
std::vector<std::string> with_long_options(std::vector<std::string> line) {
  constexpr std::array<std::string_view, 8> ours{"--server",  "--staging",   "--test-cert",
                                                 "--dry-run", "--account",   "--cert-name",
                                                 "--domains", "--config-dir"};
  constexpr std::array<std::string_view, 2> others{"--config", "--domain"};
  constexpr std::size_t least_octets = 5;
  for (std::string& argument : line) {
    const std::string_view name = std::string_view(argument).substr(0, argument.find('='));
    if (name.size() < least_octets) continue;
    if (std::find(others.begin(), others.end(), name) != others.end()) continue;
    const auto is_begun = [name](std::string_view option) {
      return option.substr(0, name.size()) == name;
    };
    const auto option = std::find_if(ours.begin(), ours.end(), is_begun);
    if (option != ours.end()) argument.replace(0, name.size(), *option);
  }
  return line;
}

void read_command_line(const std::vector<std::string>& line, CertbotSettings& settings) {
  settings.server = last_value_of(line, {"--server"}).value_or("");
  settings.account = last_value_of(line, {"--account"}).value_or("");
  settings.cert_name = last_value_of(line, {"--cert-name"}).value_or("");
  for (const std::string_view flag : {"--staging", "--test-cert", "--dry-run"}) {
    if (has_flag(line, {flag})) settings.is_test = true;
  }
  settings.is_renewal = has_word(line, "renew");
  settings.names = names_of_domain_options(line, flag_letters);
}

}  // namespace

const Process* find_certbot(const Call& call) {
  return find_ancestor(call, programs);
}

namespace {

CertbotSettings read_settings(const Call& call) {
  CertbotSettings settings{.folder = std::string(usual_folder)};
  const Process* const certbot = find_certbot(call);
  if (certbot != nullptr) {
    const std::vector<std::string> line = with_long_options(certbot->arguments);
    read_command_line(line, settings);
    if (const auto given = last_value_of(line, {"--config-dir"})) {
      settings.folder = path_of(*given, certbot, call);
    }
    for (const std::string& file : values_of(line, {"--config", 'c'})) {
      read_ini(call, path_of(file, certbot, call), settings);
    }
  }
  read_ini(call, std::string(usual_folder) + "/cli.ini", settings);
  if (settings.server == "staging") settings.is_test = true;
  return settings;
}

}  // namespace

Certbot read_certbot(const Call& call) {
  CertbotSettings settings = read_settings(call);
  clients::CertbotState state = clients::read_certbot_state(call.files, settings.folder);
  return {.settings = std::move(settings), .state = std::move(state)};
}

std::optional<app::UsageError> find_unclear_renewal(const clients::CertbotState& state) {
  constexpr const char* hint = "what cannot be read might be a certificate that has to be checked";
  for (const clients::FileFault& fault : state.unread_renewals) {
    return app::UsageError{fmt::format("{}: {}", escape(fault.path), fault.why), hint};
  }
  for (const clients::BrokenRenewal& broken : state.broken_renewals) {
    if (!calls_us(broken.text)) continue;
    return app::UsageError{
        fmt::format("{}: cannot be understood at line {}", escape(broken.path), broken.line), hint};
  }
  return {};
}

bool calls_us(std::string_view command) {
  return contains(command, our_name);
}

bool calls_us_plainly(std::string_view command) {
  const std::size_t at = command.find(our_name);
  if (at == std::string_view::npos) return false;
  const std::string_view rest = trim(command.substr(at + our_name.size()));
  const std::string_view word = rest.substr(0, rest.find(' '));
  return word.empty() || find_command(word) == nullptr;
}

void take_certbot_account(const Certbot& certbot, const clients::CertbotLineage* lineage,
                          Order& order) {
  const CertbotSettings& settings = certbot.settings;
  order.place = settings.folder;
  const std::string production = directory_of("letsencrypt");
  const std::string of_lineage = lineage == nullptr ? "" : lineage->conf.server;
  std::string account = settings.account;
  if (!settings.server.empty()) {
    order.directory = settings.server;
  } else if (settings.is_test) {
    order.directory = directory_of("letsencrypt-staging");
  } else {
    order.directory = of_lineage.empty() ? production : of_lineage;
    if (account.empty() && lineage != nullptr) account = lineage->conf.account;
  }
  const std::string home =
      fmt::format("/accounts/{}/", clients::certbot_account_folder(order.directory));
  for (clients::ClientAccount candidate : certbot.state.accounts) {
    const auto& file = candidate.account_url_file ? candidate.account_url_file : candidate.key_file;
    const std::size_t at = file ? file->path.find(home) : std::string::npos;
    if (at == std::string::npos) continue;
    const std::string_view id = std::string_view(file->path).substr(at + home.size());
    if (contains(id.substr(0, id.rfind('/')), "/")) continue;  // of a CA whose path is longer
    if (!account.empty() && id.substr(0, id.find('/')) != account) continue;
    candidate.directory = order.directory;
    order.accounts.push_back(std::move(candidate));
  }
}

}  // namespace persist::hook
