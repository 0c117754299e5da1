#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/files.h"

namespace persist::testing {

/// A folder of its own for a test, gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = ::testing::TempDir() + "persist_XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  /// A file with this text, and the folders that lead to it.
  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file(*this / name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  /// A symbolic link, and the folders that lead to it.
  void link(const std::string& name, const std::string& target) const {
    const std::filesystem::path file(*this / name);
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::create_symlink(target, file);
  }
  /// What a client left, from tests/testdata/clients.
  void copy_sample(const std::string& client) const {
    std::filesystem::copy(testdata_folder() / "clients" / client / "tree", path_,
                          std::filesystem::copy_options::recursive);
  }
  /// Sets the permission bits.
  void set_mode(const std::string& name, unsigned mode) const {
    std::filesystem::permissions(*this / name, static_cast<std::filesystem::perms>(mode));
  }

 private:
  std::string path_;
};

}  // namespace persist::testing
