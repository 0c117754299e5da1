#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rules/anatomy.h"
#include "rules/rule.h"

namespace persist::rules {

/// Several parameters with the same fault: the first, and how many others there are. A record can
/// hold thousands.
struct Repeated {
  const record::Piece* first = nullptr;
  std::size_t others = 0;

  /// ` (and 3 more)`; empty for a single one.
  std::string more() const {
    return others == 0 ? "" : " (and " + std::to_string(others) + " more)";
  }
};

/// The parameters of a record for which `matches` holds; empty if there are none.
template <typename Matches>
std::optional<Repeated> find_pieces(const Anatomy& record, const Matches& matches) {
  Repeated found;
  for (const record::Piece& piece : record.pieces) {
    if (!matches(piece)) continue;
    if (found.first == nullptr)
      found.first = &piece;
    else
      ++found.others;
  }
  if (found.first == nullptr) return {};
  return found;
}

/// What `find` (record -> std::optional<Finding>) says of each record that is meant for this CA and
/// account.
template <typename Find>
std::vector<Finding> find_in_meant(std::span<const Anatomy> records, const Find& find) {
  std::vector<Finding> findings;
  for (const Anatomy& record : records) {
    if (!record.looks_meant_for_us) continue;
    if (std::optional<Finding> finding = find(record)) findings.push_back(*std::move(finding));
  }
  return findings;
}

}  // namespace persist::rules
