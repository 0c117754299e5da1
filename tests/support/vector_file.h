#pragma once

#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/files.h"
#include "support/vectors.h"

namespace persist::testing {

/// A row of a vector file as a test parameter.
struct VectorRow {
  std::string id;
  Json json;
  friend void PrintTo(const VectorRow& row, std::ostream* out) {
    *out << row.id << ": " << row.json.at("title").get<std::string>();
  }
};

/// The rows of `tests/testdata/vectors/<name>`; ends the program if there are none.
inline std::vector<VectorRow> read_vectors(const std::string& name) {
  std::vector<VectorRow> rows;
  for (Json& json : Json::parse(read_file(testdata_folder() / "vectors" / name))) {
    const std::string id = json.at("id").get<std::string>();
    rows.push_back({id, std::move(json)});
  }
  if (rows.empty()) throw std::runtime_error(name + " has no rows");
  return rows;
}

}  // namespace persist::testing
