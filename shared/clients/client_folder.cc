#include "clients/client_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/escape.h"
#include "clients/certificate_names.h"
#include "record/generate.h"

namespace persist::clients {
namespace {

constexpr unsigned deepest_folder = 16;
constexpr std::size_t most_folders = 1000;

std::string in_words(const JsonError& error) {
  switch (error.code) {
    case JsonErrorCode::too_large:
      return "has too many octets";
    case JsonErrorCode::not_json:
      return "is not JSON";
    case JsonErrorCode::too_deep:
      return "is JSON nested too deeply";
    case JsonErrorCode::not_an_object:
      return "is JSON, but no object";
    case JsonErrorCode::duplicate_member:
      break;
  }
  return fmt::format("is JSON with an object that has the member {} twice", quote(error.member));
}

std::string in_words(const std::vector<std::string_view>& member) {
  std::string text;
  for (const std::string_view name : member) {
    if (!text.empty()) text += '.';
    text += name;
  }
  return text;
}

}  // namespace

void ClientFolder::add_fault(const std::string& path, std::string why) {
  faults_.push_back({.path = tree_.full_path(inside(path)), .why = std::move(why)});
}

std::optional<FileText> ClientFolder::read(const std::string& path) {
  auto file = tree_.read(inside(path));
  if (file) return *std::move(file);
  faults_.push_back(file.error());
  return {};
}

std::optional<JsonFile> ClientFolder::read_json(const std::string& path) {
  auto file = read(path);
  if (!file) return {};
  auto document = parse_json_object(file->text);
  if (document) return JsonFile{.document = *std::move(document), .facts = std::move(file->facts)};
  add_fault(path, in_words(document.error()));
  return {};
}

std::optional<FileFacts> ClientFolder::look_at(const std::string& path) {
  auto facts = tree_.look_at(inside(path));
  if (facts) return *std::move(facts);
  faults_.push_back(facts.error());
  return {};
}

std::vector<FolderEntry> ClientFolder::list(const std::string& path) {
  auto entries = tree_.list(inside(path));
  if (entries) return *std::move(entries);
  faults_.push_back(entries.error());
  return {};
}

std::vector<std::string> ClientFolder::folders(const std::string& path) {
  std::vector<std::string> names;
  for (FolderEntry& entry : list(path)) {
    if (entry.may_be_folder) names.push_back(std::move(entry.name));
  }
  return names;
}

std::vector<SubFolder> ClientFolder::walk(const std::string& path) {
  std::vector<SubFolder> found;
  walk_entries(path, {.path = "", .entries = list(path)}, deepest_folder, found);
  if (found.size() == most_folders) {
    add_fault(path, fmt::format("only the first {} folders were looked at", most_folders));
  }
  return found;
}

void ClientFolder::walk_entries(const std::string& top, const SubFolder& folder, unsigned levels,
                                std::vector<SubFolder>& found) {
  for (const FolderEntry& entry : folder.entries) {
    if (levels == 0 || found.size() == most_folders) return;
    if (!entry.may_be_folder) continue;
    const std::string path =
        folder.path.empty() ? entry.name : fmt::format("{}/{}", folder.path, entry.name);
    const SubFolder below{.path = path, .entries = list(fmt::format("{}/{}", top, path))};
    found.push_back(below);
    walk_entries(top, below, levels - 1, found);
  }
}

KeptCertificate ClientFolder::read_certificate(const std::string& path) {
  const std::size_t faults = faults_.size();
  const auto file = read(path);
  if (!file) {
    if (faults == faults_.size()) add_fault(path, "there is no such certificate");
    return {};
  }
  const auto names = read_certificate_names(file->text);
  if (!names) {
    add_fault(path, explain(names.error()));
    return {};
  }
  for (const std::string& other : names->others) {
    add_fault(path, fmt::format("names {}, which is no domain name", quote(other)));
  }
  const auto validity = read_certificate_validity(file->text);
  return {.names = names->identifiers,
          .validity = validity ? std::optional(*validity) : std::nullopt};
}

std::optional<record::Identifier> ClientFolder::to_identifier(std::string_view text,
                                                              const std::string& path) {
  auto identifier = record::parse_identifier(text);
  if (identifier) return *std::move(identifier);
  add_fault(path, fmt::format("names {}, which is no domain name", quote(text)));
  return {};
}

std::optional<std::string> ClientFolder::read_url(const JsonValue& document,
                                                  const std::vector<std::string_view>& member,
                                                  const std::string& path) {
  const JsonValue* const value = find_member(document, member);
  if (value != nullptr && value->kind == JsonKind::text) return to_url(value->text, path);
  add_fault(path, fmt::format("has no text in the member {}", in_words(member)));
  return {};
}

std::optional<std::string> ClientFolder::to_url(std::string_view text, const std::string& path) {
  if (is_http_url(text)) return std::string(text);
  add_fault(path, fmt::format("holds {}, which is no http or https URL", quote(text)));
  return {};
}

const JsonValue* find_member(const JsonValue& document,
                             const std::vector<std::string_view>& member) {
  const JsonValue* value = &document;
  for (const std::string_view name : member) {
    value = value->find(name);
    if (value == nullptr) break;
  }
  return value;
}

std::string find_text(const JsonValue& document, const std::vector<std::string_view>& member) {
  const JsonValue* const value = find_member(document, member);
  return value != nullptr && value->kind == JsonKind::text ? value->text : std::string();
}

bool is_http_url(std::string_view text) {
  return !authority_of(text).empty() && !record::find_uri_fault(text);
}

std::string_view authority_of(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (url.substr(0, scheme.size()) != scheme) continue;
    url.remove_prefix(scheme.size());
    return url.substr(0, url.find_first_of("/?#"));
  }
  return {};
}

void sort_names(std::vector<record::Identifier>& names) {
  std::sort(names.begin(), names.end(),
            [](const record::Identifier& a, const record::Identifier& b) {
              return std::tie(a.name, a.wildcard) < std::tie(b.name, b.wildcard);
            });
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace persist::clients
