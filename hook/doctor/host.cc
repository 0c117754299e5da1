#include "hook/doctor/host.h"

#include <array>

#include "base/ascii.h"

namespace persist::hook::doctor {
namespace {

constexpr std::size_t most_octets = std::size_t{16} << 20;
constexpr std::array<std::string_view, 7> usual_folders{
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/snap/bin"};

}  // namespace

std::vector<NumberedLine> lines_of(std::string_view text) {
  std::vector<NumberedLine> lines;
  for (std::string_view line : split(text, '\n')) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back({lines.size() + 1, line});
  }
  return lines;
}

std::optional<clients::FileText> Host::read(const std::string& path) {
  auto file = tree_.read_long(path, most_octets);
  if (!file) {
    faults_.push_back(file.error());
    return {};
  }
  if (*file) looked_at_.push_back(tree_.full_path(path));
  return *std::move(file);
}

std::optional<clients::FileText> Host::read_if_regular(const std::string& path) {
  const auto kind = tree_.see(path);
  if (kind && *kind && !(*kind)->is_regular) return {};
  return read(path);
}

std::vector<std::string> Host::list(const std::string& path) {
  const auto entries = tree_.list(path);
  if (!entries) {
    faults_.push_back(entries.error());
    return {};
  }
  std::vector<std::string> names;
  for (const clients::FolderEntry& entry : *entries) names.push_back(entry.name);
  return names;
}

bool Host::has_program(const std::string& path) {
  const auto kind = tree_.see(path);
  if (!kind) faults_.push_back(kind.error());
  return kind && *kind && is_program(**kind);
}

bool Host::has(const std::string& path) {
  const auto kind = tree_.see(path);
  return kind && kind->has_value();
}

Location Host::place(const std::string& path, std::size_t line) const {
  return {.file = tree_.full_path(path), .line = line};
}

void Host::add_fault(const std::string& path, std::string why) {
  faults_.push_back({.path = tree_.full_path(path), .why = std::move(why)});
}

std::string join_path(const std::string& folder, const std::string& name) {
  return folder + "/" + name;
}

std::optional<std::string> find_program(Host& host, const std::string& name) {
  if (contains(name, "/")) {
    return host.has_program(name) ? std::optional(name) : std::nullopt;
  }
  for (const std::string_view folder : usual_folders) {
    std::string path = join_path(std::string(folder), name);
    if (host.has_program(path)) return path;
  }
  return {};
}

}  // namespace persist::hook::doctor
