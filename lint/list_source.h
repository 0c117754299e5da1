#pragma once

#include <string>
#include <vector>

#include "config/inventory_reader.h"
#include "lint/cli.h"

namespace persist::lint {

/// Where a list comes from; it is read twice, first for what only the whole can tell.
struct ListSource {
  std::string name;  ///< path, as given
  config::ListFormat format;
  std::optional<std::string> text{};  ///< standard input and names from the command line are held
  bool is_list = true;  ///< false: names from the command line, which have no place and no wishes
};

/// The lists that the options name. An error text that ends with LF if one of them cannot be had.
Expected<std::vector<ListSource>, std::string> list_sources(const Options& options);

/// Opens a list, from the begin.
Expected<config::InventoryReader, config::ConfigError> open(const ListSource& source);

}  // namespace persist::lint
