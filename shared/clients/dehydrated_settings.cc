#include "clients/dehydrated_settings.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

#include "base/escape.h"
#include "clients/client_folder.h"
#include "clients/shell_assignments.h"

namespace persist::clients {
namespace {

using Values = std::map<std::string, std::optional<std::string>, std::less<>>;

/// The names that `CA` may have instead of a URL; those of Google are newer than 0.7.2.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> presets{{
    {"letsencrypt", "https://acme-v02.api.letsencrypt.org/directory"},
    {"letsencrypt-test", "https://acme-staging-v02.api.letsencrypt.org/directory"},
    {"zerossl", "https://acme.zerossl.com/v2/DV90"},
    {"buypass", "https://api.buypass.com/acme/directory"},
    {"buypass-test", "https://api.test4.buypass.no/acme/directory"},
    {"google", "https://dv.acme-v02.api.pki.goog/directory"},
    {"google-test", "https://dv.acme-v02.test-api.pki.goog/directory"},
}};

/// One file after the other; what a later one assigns counts.
class SettingsReader {
 public:
  SettingsReader(const FileTree& tree, const std::string& config) : tree_(tree), config_(config) {
    values_ = {{"CA", "letsencrypt"},
               {"BASEDIR", config.substr(0, config.rfind('/'))},
               {"CONFIG_D", ""},
               {"RENEW_DAYS", ""}};
  }

  std::optional<DehydratedSettings> read() {
    const auto seen = tree_.look_at(config_);
    if (seen && !*seen) return {};
    is_plain_ = add(config_);
    if (values_["CONFIG_D"] != std::string()) {
      const auto folder = absolute_path("CONFIG_D");
      if (folder) add_folder(*folder);
      is_plain_ = is_plain_ && folder;
    }
    DehydratedSettings settings;
    for (const char* name : {"ACCOUNTDIR", "CERTDIR"}) {
      if (values_.count(name) > 0) fault(fmt::format("sets {}, which is not followed", name));
    }
    settings.directory = directory();
    settings.base_folder = absolute_path("BASEDIR");
    settings.renew_days = value_of("RENEW_DAYS");
    settings.faults = std::move(faults_);
    return settings;
  }

 private:
  void fault(std::string why, const std::string& path) {
    faults_.push_back({.path = tree_.full_path(path), .why = std::move(why)});
  }
  void fault(std::string why) { fault(std::move(why), config_); }

  /// False if the file is no plain one: then nothing that it assigns is known.
  bool add(const std::string& path) {
    const auto file = tree_.read(path);
    if (!file) faults_.push_back(file.error());
    if (!file || !*file) return false;
    auto values = parse_shell_settings((*file)->text);
    if (!values) {
      fault(fmt::format("line {} is more than an assignment, which only a shell could read",
                        values.error().line),
            path);
      return false;
    }
    for (auto& [name, value] : *values) values_.insert_or_assign(name, std::move(value));
    return true;
  }

  void add_folder(const std::string& folder) {
    const auto entries = tree_.list(folder);
    if (!entries) faults_.push_back(entries.error());
    is_plain_ = is_plain_ && entries.has_value();
    if (!entries) return;
    for (const FolderEntry& entry : *entries) {
      if (entry.name.ends_with(".sh") && entry.name.front() != '.') {
        is_plain_ = add(folder + "/" + entry.name) && is_plain_;
      }
    }
  }

  std::optional<std::string> value_of(const std::string& name) {
    if (!is_plain_) return {};
    auto& value = values_[name];
    if (!value) fault(fmt::format("makes {} of variables, which only a shell could read", name));
    return value;
  }

  std::optional<std::string> directory() {
    const auto ca = value_of("CA");
    if (!ca) return {};
    std::string url = dehydrated_directory(*ca);
    if (is_http_url(url)) return url;
    fault(fmt::format("sets CA to {}, which is neither a known name nor a URL", quote(*ca)));
    return {};
  }

  std::optional<std::string> absolute_path(const std::string& name) {
    auto path = value_of(name);
    if (!path) return {};
    if (path->empty() || path->front() != '/') {
      fault(fmt::format("sets {} to {}, which is no absolute path", name, quote(*path)));
      return {};
    }
    if (path->size() > 1 && path->back() == '/') path->pop_back();
    return path;
  }

  const FileTree& tree_;
  std::string config_;
  Values values_;
  std::vector<FileFault> faults_;
  bool is_plain_ = true;  ///< of every file so far
};

}  // namespace

std::string dehydrated_directory(const std::string& ca) {
  for (const auto& [name, url] : presets) {
    if (ca == name) return std::string(url);
  }
  return ca;
}

std::optional<DehydratedSettings> read_dehydrated_settings(const FileTree& tree,
                                                           const std::string& config_file) {
  return SettingsReader(tree, config_file).read();
}

}  // namespace persist::clients
