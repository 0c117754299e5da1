#include "app/environment.h"

namespace persist::app {

std::optional<std::string_view> Environment::variable(std::string_view name) const {
  for (const auto& [key, value] : variables) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace persist::app
