#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace persist::config {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Names of the lists in a folder of the test data, without `.yaml`, in order.
inline std::vector<std::string> lists_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& file :
       std::filesystem::directory_iterator(PERSIST_TESTDATA "/config/" + folder)) {
    if (file.path().extension() == ".yaml") names.push_back(file.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Compares `text` with what `path` holds; with PERSIST_UPDATE_GOLDEN set, writes it there.
inline void expect_golden(const std::filesystem::path& path, const std::string& text) {
  if (std::getenv("PERSIST_UPDATE_GOLDEN") != nullptr)
    std::ofstream(path, std::ios::binary) << text;
  ASSERT_TRUE(std::filesystem::exists(path))
      << path << " is missing; PERSIST_UPDATE_GOLDEN=1 writes it";
  EXPECT_EQ(text, read_file(path)) << path;
}

}  // namespace persist::config
