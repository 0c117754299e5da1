#include "support/files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace persist::testing {

std::filesystem::path source_folder() {
  return PERSIST_SOURCE_DIR;
}

std::filesystem::path testdata_folder() {
  return source_folder() / "tests" / "testdata";
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path << " cannot be read";
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

void expect_golden(const std::string& file, const std::string& got) {
  const std::filesystem::path path = testdata_folder() / file;
  if (std::getenv("PERSIST_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << got;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path))
      << path << " is missing; PERSIST_UPDATE_GOLDEN=1 writes it";
  EXPECT_EQ(got, read_file(path)) << path;
}

}  // namespace persist::testing
