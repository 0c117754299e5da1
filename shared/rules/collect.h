#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "rules/rule.h"

namespace persist::rules {

/// What `find` says of each record; it gives a Finding or nothing.
template <typename Find>
std::vector<Finding> collect(std::span<const Anatomy> records, Find find) {
  std::vector<Finding> findings;
  for (const Anatomy& record : records) {
    if (std::optional<Finding> finding = find(record)) findings.push_back(*std::move(finding));
  }
  return findings;
}

}  // namespace persist::rules
