#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "support/files.h"

namespace persist::config {

/// The text of a list of the test data.
inline std::string read_list(const std::string& folder, const std::string& name) {
  return persist::testing::read_file(persist::testing::testdata_folder() / "config" / folder /
                                     (name + ".yaml"));
}

/// Names of the lists in a folder of the test data, without `.yaml`, in order.
inline std::vector<std::string> lists_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(persist::testing::testdata_folder() /
                                                              "config" / folder)) {
    if (file.path().extension() == ".yaml") names.push_back(file.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace persist::config
