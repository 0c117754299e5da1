#include "lint/list_facts.h"

#include <algorithm>

namespace persist::lint {
namespace {

/// FNV-1a, 64 bits: a million names collide with a chance of 3 in 10^8.
std::uint64_t hash(const std::string& text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return value;
}

}  // namespace

bool ListFacts::has(const Hashes& sorted, std::uint64_t value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

void ListFacts::collect(const config::DomainEntry& entry) {
  const record::Identifier& identifier = entry.identifier;
  identifiers_.push_back(hash(identifier.text()));
  if (identifier.wildcard || entry.also_wildcard)
    wildcards_.push_back(hash(identifier.name.text()));
}

void ListFacts::seal() {
  std::sort(wildcards_.begin(), wildcards_.end());
  std::sort(identifiers_.begin(), identifiers_.end());
  Hashes repeated;
  for (std::size_t i = 1; i < identifiers_.size(); ++i) {
    if (identifiers_[i] == identifiers_[i - 1]) repeated.push_back(identifiers_[i]);
  }
  identifiers_ = std::move(repeated);
}

bool ListFacts::wants_wildcard(const record::DomainName& name) const {
  return has(wildcards_, hash(name.text()));
}

std::optional<Location> ListFacts::listed_before(const record::Identifier& identifier,
                                                 const Location& location) {
  const std::string text = identifier.text();
  if (!has(identifiers_, hash(text))) return {};
  const auto [place, is_first] = first_places_.try_emplace(text, location);
  if (is_first) return {};
  return place->second;
}

}  // namespace persist::lint
