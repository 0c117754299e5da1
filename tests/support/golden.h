#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace persist::testing {

/// Compares with tests/testdata/<file>; PERSIST_UPDATE_GOLDEN=1 writes the file instead.
inline void expect_golden(const std::string& file, const std::string& got) {
  const std::string path = std::string(PERSIST_TESTDATA) + "/" + file;
  if (std::getenv("PERSIST_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << got;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  ASSERT_TRUE(in) << path << " is missing; PERSIST_UPDATE_GOLDEN=1 writes it";
  const std::string want{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  EXPECT_EQ(got, want) << path;
}

}  // namespace persist::testing
