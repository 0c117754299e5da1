#include "rules/all_rules.h"

#include <array>

namespace persist::rules {

extern const Rule not_authorized;

std::span<const Rule* const> all_rules() {
  static const std::array rules{
      &not_authorized,
  };
  return rules;
}

}  // namespace persist::rules
