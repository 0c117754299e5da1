// Programs of clients, and their versions as files tell them; nothing is executed.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/ascii.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

struct Program {
  std::string_view client;
  std::string_view path;
};
constexpr std::array<Program, 27> programs{{
    {"certbot", "/usr/bin/certbot"},
    {"certbot", "/usr/local/bin/certbot"},
    {"certbot", "/snap/bin/certbot"},
    {"certbot", "/opt/certbot/bin/certbot"},
    {"certbot", "/root/.local/bin/certbot"},
    {"lego", "/usr/bin/lego"},
    {"lego", "/usr/local/bin/lego"},
    {"lego", "/snap/bin/lego"},
    {"lego", "/opt/lego/lego"},
    {"lego", "/root/go/bin/lego"},
    {"acme.sh", "/root/.acme.sh/acme.sh"},
    {"acme.sh", "/usr/bin/acme.sh"},
    {"acme.sh", "/usr/local/bin/acme.sh"},
    {"acme.sh", "/usr/share/acme.sh/acme.sh"},
    {"acme.sh", "/opt/acme.sh/acme.sh"},
    {"dehydrated", "/usr/bin/dehydrated"},
    {"dehydrated", "/usr/local/bin/dehydrated"},
    {"dehydrated", "/opt/dehydrated/dehydrated"},
    {"dehydrated", "/etc/dehydrated/dehydrated"},
    {"uacme", "/usr/bin/uacme"},
    {"uacme", "/usr/local/bin/uacme"},
    {"uacme", "/opt/uacme/bin/uacme"},
    {"caddy", "/usr/bin/caddy"},
    {"caddy", "/usr/local/bin/caddy"},
    {"caddy", "/opt/caddy/caddy"},
    {"mod-md", "/usr/lib/apache2/modules/mod_md.so"},
    {"mod-md", "/usr/lib64/httpd/modules/mod_md.so"},
}};

/// A version, and the file that tells it.
struct Told {
  std::string version;
  std::string source;
};

/// The rest of the first line that begins with `key`, up to a blank or a quote.
std::optional<std::string> version_in(std::string_view text, std::string_view key) {
  std::size_t at = text.substr(0, key.size()) == key ? 0 : text.find("\n" + std::string(key));
  if (at == std::string_view::npos) return {};
  if (at > 0) ++at;
  std::string_view value = text.substr(at + key.size());
  value = trim(value.substr(0, value.find('\n')));
  if (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  value = value.substr(0, value.find_first_of("\"' \t\r#"));
  if (value.empty()) return {};
  return std::string(value);
}

std::optional<Told> tell(Host& host, const std::string& path, std::string_view key) {
  const auto file = host.read_if_regular(path);
  if (!file) return {};
  auto version = version_in(file->text, key);
  if (!version) return {};
  return Told{.version = *std::move(version), .source = host.tree().full_path(path)};
}

/// Versions of packages that hold clients, by name, from the lists of dpkg and apk.
std::map<std::string, Told, std::less<>> read_packages(Host& host) {
  struct Database {
    std::string_view path, name_key, version_key;
  };
  constexpr std::array<Database, 2> databases{
      {{"/var/lib/dpkg/status", "Package: ", "Version: "}, {"/lib/apk/db/installed", "P:", "V:"}}};
  std::map<std::string, Told, std::less<>> packages;
  for (const Database& database : databases) {
    const auto file = host.read(std::string(database.path));
    if (!file) continue;
    std::string_view rest(file->text);
    std::string name;
    bool is_installed = true;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.substr(0, database.name_key.size()) == database.name_key) {
        name = line.substr(database.name_key.size());
        is_installed = true;
      } else if (line.substr(0, 8) == "Status: ") {
        is_installed = line.ends_with(" installed");
      } else if (is_installed && is_of_interest(name) &&
                 line.substr(0, database.version_key.size()) == database.version_key) {
        packages.emplace(name,
                         Told{.version = std::string(line.substr(database.version_key.size())),
                              .source = host.tree().full_path(std::string(database.path))});
      }
    }
  }
  return packages;
}

/// certbot as a Python package; `program` is where its command is.
std::optional<Told> tell_python_certbot(Host& host, const std::string& program) {
  const std::string prefix = program.substr(0, program.rfind("/bin/"));
  for (const std::string& folder : host.list(prefix + "/lib")) {
    if (folder.substr(0, 6) != "python") continue;
    for (const char* const packages : {"/site-packages", "/dist-packages"}) {
      const std::string place = join_path(prefix + "/lib", folder + packages);
      for (const std::string& name : host.list(place)) {
        if (name.substr(0, 8) != "certbot-") continue;
        for (const char* const file : {"/METADATA", "/PKG-INFO"}) {
          if (auto told = tell(host, join_path(place, name + file), "Version: ")) return told;
        }
      }
    }
  }
  return {};
}

std::optional<Told> tell_version(Host& host, const Program& program,
                                 const std::map<std::string, Told, std::less<>>& packages) {
  const std::string path(program.path);
  std::optional<Told> told;
  if (path.substr(0, 6) == "/snap/") {
    const std::string snap(file_name_of(path));
    return tell(host, "/snap/" + snap + "/current/meta/snap.yaml", "version: ");
  }
  if (program.client == "acme.sh") told = tell(host, path, "VER=");
  if (program.client == "dehydrated") told = tell(host, path, "VERSION=");
  if (program.client == "certbot") told = tell_python_certbot(host, path);
  if (told || path.substr(0, 9) != "/usr/bin/") return told;
  const auto package = packages.find(program.client);
  return package == packages.end() ? std::nullopt : std::optional(package->second);
}

}  // namespace

void look_at_programs(Host& host, Evidence& evidence) {
  const auto packages = read_packages(host);
  std::vector<Program> all(programs.begin(), programs.end());
  // A start may name another place.
  std::set<std::string> started;
  for (const StartSite& site : evidence.starts) {
    const std::string& path = site.start.words.front();
    if (path.front() == '/') started.insert(path);
  }
  for (const Program& program : programs) started.erase(std::string(program.path));
  for (const std::string& path : started) {
    all.push_back({.client = client_of_program(path), .path = path});
  }
  for (const Program& program : all) {
    const auto kind = host.tree().see(std::string(program.path));
    if (!kind || !*kind || !(*kind)->is_regular) continue;
    InstalledProgram found{.client = std::string(program.client),
                           .path = host.tree().full_path(std::string(program.path))};
    if (auto told = tell_version(host, program, packages)) {
      found.version = std::move(told->version);
      found.version_source = std::move(told->source);
    }
    evidence.programs.push_back(std::move(found));
  }
}

}  // namespace persist::hook::doctor
