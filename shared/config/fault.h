#pragma once

#include <cstddef>
#include <string>

namespace persist::config {

/// A place in the list, both counted from 1, the column in octets; 0 as in Location.
struct Place {
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const Place&) const = default;
};

/// What is wrong at a place, in our words; text from the list in it is escaped already.
struct Fault {
  Place place{};
  std::string message{};
  std::string hint{};  ///< a way out, where we know one
  std::string
      line{};  ///< the line at fault as it stands in the file, if only its reader can know it
};

}  // namespace persist::config
