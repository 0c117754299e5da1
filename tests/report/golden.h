#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace persist::report {

/// Compares with tests/testdata/report/<file>; PERSIST_UPDATE_GOLDEN=1 rewrites the file instead.
inline void expect_golden(std::string_view file, const std::string& got) {
  const std::string path = std::string(PERSIST_TESTDATA) + "/report/" + std::string(file);
  if (std::getenv("PERSIST_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << got;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  ASSERT_TRUE(in) << path;
  std::stringstream want;
  want << in.rdbuf();
  EXPECT_EQ(got, want.str()) << path;
}

}  // namespace persist::report
