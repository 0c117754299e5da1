#pragma once

#include <cstddef>
#include <string>

namespace persist {

/// A place in a text file, for people: line and column are counted from 1, the column in octets.
struct Location {
  std::string file;
  std::size_t line = 0;    ///< 0: the file as a whole
  std::size_t column = 0;  ///< 0: the line as a whole
  bool operator==(const Location&) const = default;
};

}  // namespace persist
