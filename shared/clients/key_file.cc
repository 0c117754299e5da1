#include "clients/key_file.h"

#include <sys/stat.h>

#include <fmt/format.h>

#include <utility>

namespace persist::clients {
namespace {

constexpr unsigned root = 0;
constexpr unsigned others_write = S_IWGRP | S_IWOTH;

}  // namespace

std::string find_foreign_writer(const FileFacts& facts, unsigned user) {
  const auto is_foreign = [&](unsigned owner) { return owner != root && owner != user; };
  if ((facts.mode & others_write) != 0) {
    return fmt::format("may be written by others (mode {:04o})", facts.mode);
  }
  // In a folder with the sticky bit nobody replaces what belongs to somebody else.
  if ((facts.folder_mode & others_write) != 0 && (facts.folder_mode & S_ISVTX) == 0) {
    return fmt::format("is in a folder that others may write (mode {:04o})", facts.folder_mode);
  }
  if (facts.owner == facts.folder_owner) return {};
  if (is_foreign(facts.owner)) {
    return fmt::format("belongs to user {}, its folder to user {}", facts.owner,
                       facts.folder_owner);
  }
  if (is_foreign(facts.folder_owner)) {
    return fmt::format("is in a folder that belongs to user {}", facts.folder_owner);
  }
  return {};
}

Expected<KeyFile, FileFault> read_key_file(const FileTree& tree, const std::string& path,
                                           const KeyFileRules& rules) {
  auto file = tree.read(path, FinalLink::refused);
  if (!file) return Unexpected(file.error());
  FileFault fault{.path = tree.full_path(path), .why = "there is no such file"};
  if (!*file) return Unexpected(std::move(fault));
  auto key = acme::AccountKey::parse((*file)->text);
  acme::wipe((*file)->text);
  const FileFacts& facts = (*file)->facts;
  std::vector<std::string> warnings;
  if (std::string writer = find_foreign_writer(facts, rules.user); !writer.empty()) {
    fault.why = writer;
    if (rules.user == root && !rules.allows_insecure_permissions) {
      return Unexpected(std::move(fault));
    }
    warnings.push_back(std::move(writer));
  }
  if (is_readable_by_all(facts)) {
    warnings.push_back(fmt::format("may be read by everybody (mode {:04o})", facts.mode));
  }
  if (key) {
    return KeyFile{.key = *std::move(key), .facts = facts, .warnings = std::move(warnings)};
  }
  fault.why = "holds no key that can be used: " + explain(key.error());
  return Unexpected(std::move(fault));
}

}  // namespace persist::clients
