// certbot's folder: renewal files, cli.ini, the folders of hooks, credentials of DNS plugins.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/ascii.h"
#include "clients/renewal_conf.h"
#include "clients/renewal_settings.h"
#include "hook/callers/other_command_line.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

struct HookKey {
  std::string_view key;
  const Slot* in_renewal;
  const Slot* in_ini;
};
constexpr std::array<HookKey, 5> hook_keys{
    {{"pre_hook", &certbot_renewal_slot, &certbot_line_slot},
     {"manual_auth_hook", &certbot_auth_slot, &certbot_auth_slot},
     {"post_hook", &certbot_late_slot, &certbot_late_slot},
     {"renew_hook", &certbot_late_slot, &certbot_late_slot},
     {"deploy_hook", &certbot_late_slot, &certbot_late_slot}}};

const HookKey* find_key(std::string_view key) {
  const auto row = std::find_if(hook_keys.begin(), hook_keys.end(),
                                [key](const HookKey& known) { return known.key == key; });
  return row == hook_keys.end() ? nullptr : &*row;
}

bool names_us(std::string_view text) {
  return contains(text, "persist-hook");
}

void add_hook(const std::string& command, CallSite site, Evidence& evidence) {
  if (!names_us(command)) return;
  site.client = "certbot";
  add_command(read_shell_command(command), std::move(site), evidence);
}

/// `dns_cloudflare_credentials`
bool is_credentials_key(std::string_view key) {
  return key.substr(0, 4) == "dns_" && key.ends_with("_credentials");
}

struct Lineages {
  std::vector<DnsCredentials> credentials{};
  bool has_dns_plugin = false;  ///< a certificate gets its challenges answered by one
};

void add_lineage(Host& host, const std::string& path, const std::string& name, Lineages& lineages,
                 Evidence& evidence) {
  const auto file = host.read(path);
  if (!file) return;
  const auto conf = clients::parse_renewal_conf(file->text);
  if (!conf) {
    host.add_fault(path, fmt::format("cannot be understood at line {}", conf.error().line));
  }
  bool concerns_us = names_us(file->text);
  for (const clients::RenewalSetting& setting : clients::list_renewal_settings(file->text)) {
    const Location place = host.place(path, setting.line);
    if (const HookKey* const row = find_key(setting.key)) {
      add_hook(setting.value, {.slot = row->in_renewal, .certificate = name, .place = place},
               evidence);
    } else if (setting.key == "authenticator") {
      const bool is_own = contains(setting.value, "persist");
      concerns_us = concerns_us || is_own || setting.value == "manual";
      if (!is_own && contains(setting.value, "dns")) lineages.has_dns_plugin = true;
    } else if (is_credentials_key(setting.key)) {
      const auto kind = host.tree().see(setting.value);
      lineages.credentials.push_back({.client = "certbot",
                                      .place = place,
                                      .what = setting.value,
                                      .mode = kind && *kind ? (*kind)->mode : 0});
    }
  }
  if (concerns_us) {
    evidence.certificates.push_back({.client = "certbot", .name = name, .place = host.place(path)});
  }
}

void read_renewals(Host& host, const std::string& home, Evidence& evidence) {
  constexpr std::string_view suffix = ".conf";
  Lineages lineages;
  for (const std::string& name : host.list(home + "/renewal")) {
    if (!name.ends_with(suffix)) continue;
    add_lineage(host, join_path(home + "/renewal", name),
                name.substr(0, name.size() - suffix.size()), lineages, evidence);
  }
  for (DnsCredentials& found : lineages.credentials) {
    found.is_needed = lineages.has_dns_plugin;
    evidence.credentials.push_back(std::move(found));
  }
}

void read_ini(Host& host, const std::string& path, Evidence& evidence) {
  const auto file = host.read(path);
  if (!file) return;
  for (const NumberedLine& line : lines_of(file->text)) {
    const std::size_t end = line.text.find_first_of("=:");
    if (end == std::string_view::npos) continue;
    std::string key(trim(line.text.substr(0, end)));
    std::replace(key.begin(), key.end(), '-', '_');
    const HookKey* const row = find_key(key);
    if (row == nullptr) continue;
    std::string_view value = trim(line.text.substr(end + 1));
    const bool is_quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                           value.back() == value.front();
    if (is_quoted) value = value.substr(1, value.size() - 2);
    add_hook(std::string(value), {.slot = row->in_ini, .place = host.place(path, line.number)},
             evidence);
  }
}

void read_hook_folder(Host& host, const std::string& folder, const Slot& slot, Evidence& evidence) {
  for (const std::string& name : host.list(folder)) {
    const std::string path = join_path(folder, name);
    const auto file = host.read_if_regular(path);
    if (!file || !names_us(file->text) || name.back() == '~') continue;
    const std::size_t line = line_of(file->text, "persist-hook");
    if (!host.has_program(path)) {
      evidence.findings.push_back(
          make_finding(hook_gone, host.place(path),
                       "it cannot be executed, so certbot passes it over: fails open"));
      continue;
    }
    add_command(read_script(path, file->text),
                {.client = "certbot", .slot = &slot, .place = host.place(path, line)}, evidence);
  }
}

}  // namespace

void look_at_certbot(Host& host, Evidence& evidence) {
  std::set<std::string> homes{"/etc/letsencrypt"};
  for (const StartSite& site : evidence.starts) {
    if (site.start.client != "certbot") continue;
    const auto home = last_value_of(site.start.words, {"--config-dir"});
    if (home && home->front() == '/') homes.insert(*home);
  }
  for (const std::string& home : homes) {
    read_renewals(host, home, evidence);
    read_ini(host, home + "/cli.ini", evidence);
    read_hook_folder(host, home + "/renewal-hooks/pre", certbot_folder_slot, evidence);
    read_hook_folder(host, home + "/renewal-hooks/post", certbot_late_slot, evidence);
    read_hook_folder(host, home + "/renewal-hooks/deploy", certbot_late_slot, evidence);
  }
}

}  // namespace persist::hook::doctor
