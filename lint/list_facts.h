#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "base/location.h"
#include "config/inventory.h"

namespace persist::lint {

/// What only the whole list can tell of one entry. Filled in a first pass over the list, at 8
/// octets an identifier; what occurs twice is remembered in full in the second pass.
class ListFacts {
 public:
  /// First pass: every entry once.
  void collect(const config::DomainEntry& entry);
  /// Between the passes.
  void seal();

  /// True if some entry wants the wildcard name of this one.
  bool wants_wildcard(const record::DomainName& name) const;
  /// Second pass, in list order: the place of an earlier entry with the same identifier.
  std::optional<Location> listed_before(const record::Identifier& identifier,
                                        const Location& location);

 private:
  /// A vector would have every hash three times while it grows.
  using Hashes = std::deque<std::uint64_t>;
  static bool has(const Hashes& sorted, std::uint64_t value);

  Hashes identifiers_;  ///< after seal only those that occur twice, sorted
  Hashes wildcards_;    ///< of names whose wildcard is wanted, sorted
  std::map<std::string, Location> first_places_;
};

}  // namespace persist::lint
