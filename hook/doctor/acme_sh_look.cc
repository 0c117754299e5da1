// acme.sh: a pre-hook for each certificate, and secrets for DNS providers in account.conf.
#include <algorithm>

#include "base/ascii.h"
#include "base/base64url.h"
#include "clients/shell_assignments.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

constexpr const char* home = "/root/.acme.sh";

/// A command as acme.sh keeps it: in base64 between two marks. Empty if it is damaged.
std::optional<std::string> decode(std::string_view value) {
  constexpr std::string_view start = "__ACME_BASE64__START_";
  constexpr std::string_view end = "__ACME_BASE64__END_";
  if (value.substr(0, start.size()) != start) return std::string(value);
  if (!value.ends_with(end)) return {};
  value.remove_prefix(start.size());
  value.remove_suffix(end.size());
  std::string text(value.substr(0, value.find('=')));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  const auto octets = from_base64url(text);
  if (!octets) return {};
  return std::string(octets->begin(), octets->end());
}

struct Value {
  std::string text;
  std::size_t line;
};

/// The assignment of one line, whatever the others of the file are.
std::optional<Value> value_of(std::string_view text, std::string_view name) {
  std::optional<Value> found;
  for (const NumberedLine& line : lines_of(text)) {
    if (line.text.substr(0, name.size() + 1) != std::string(name) + "=") continue;
    const auto values = clients::parse_shell_assignments(line.text);
    const bool is_plain = values && values->count(name) > 0;
    found = Value{.text = is_plain ? values->find(name)->second : std::string(line.text),
                  .line = line.number};
  }
  return found;
}

void add_hook(const Value& value, CallSite site, Evidence& evidence) {
  const auto command = decode(value.text);
  CommandReading reading;
  if (command && !contains(*command, "persist-hook")) return;
  if (command) reading = read_shell_command(*command);
  reading.names_us_oddly = true;  // in case nothing was found
  add_command(reading, std::move(site), evidence);
}

/// True if the certificate is got with this method.
bool add_certificate(Host& host, const std::string& path, const std::string& name,
                     Evidence& evidence) {
  const auto file = host.read(path);
  if (!file) return false;
  const auto site = [&](const Slot& slot, std::size_t line) {
    return CallSite{
        .client = "acme.sh", .slot = &slot, .certificate = name, .place = host.place(path, line)};
  };
  const std::size_t calls = evidence.calls.size();
  if (const auto hook = value_of(file->text, "Le_PreHook")) {
    if (!hook->text.empty()) add_hook(*hook, site(acme_sh_pre_slot, hook->line), evidence);
  }
  for (const char* const key : {"Le_PostHook", "Le_RenewHook", "Le_ReloadCmd"}) {
    const auto hook = value_of(file->text, key);
    if (hook && !hook->text.empty()) {
      add_hook(*hook, site(acme_sh_late_slot, hook->line), evidence);
    }
  }
  const auto method = value_of(file->text, "Le_Webroot");
  const bool is_ours = method && method->text == "dns_persist";
  if (is_ours || evidence.calls.size() > calls) {
    evidence.certificates.push_back({.client = "acme.sh", .name = name, .place = host.place(path)});
  }
  return is_ours;
}

void add_credentials(Host& host, bool is_needed, Evidence& evidence) {
  const std::string path = std::string(home) + "/account.conf";
  const auto file = host.read(path);
  if (!file) return;
  std::string names;
  for (const NumberedLine& line : lines_of(file->text)) {
    if (line.text.substr(0, 6) != "SAVED_") continue;
    const std::string_view name = line.text.substr(0, line.text.find('='));
    names.append(names.empty() ? "" : ", ").append(name);
  }
  if (names.empty()) return;
  evidence.credentials.push_back({.client = "acme.sh",
                                  .place = host.place(path),
                                  .what = std::move(names),
                                  .is_needed = is_needed,
                                  .mode = file->facts.mode});
}

}  // namespace

void look_at_acme_sh(Host& host, Evidence& evidence) {
  constexpr std::string_view ecc = "_ecc";
  bool has_certificate = false;
  bool are_all_ours = true;
  for (const std::string& folder : host.list(home)) {
    const std::string name = folder.substr(0, folder.size() - (folder.ends_with(ecc) ? 4 : 0));
    const std::string path = join_path(home, join_path(folder, name + ".conf"));
    if (!host.has(path)) continue;
    has_certificate = true;
    are_all_ours = add_certificate(host, path, folder, evidence) && are_all_ours;
  }
  add_credentials(host, !has_certificate || !are_all_ours, evidence);
}

}  // namespace persist::hook::doctor
