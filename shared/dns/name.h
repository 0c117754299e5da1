#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "record/domain_name.h"

namespace persist::dns {

/// Any DNS name, also those that no certificate holds: the root, `*` labels, odd octets. Compares
/// without regard to ASCII case. Source: RFC 1035 sections 2.3.3 and 3.1, RFC 4343.
class Name {
 public:
  /// The root.
  Name() : wire_(1, '\0') {}
  explicit Name(const record::DomainName& name);

  /// Reads presentation format (`\.`, `\DDD`), absolute with or without the final dot. Empty if it
  /// is no DNS name.
  static std::optional<Name> parse(std::string_view text);
  /// Takes uncompressed labels: length octets and a final zero. Empty if they are no DNS name.
  static std::optional<Name> from_wire(std::string_view octets);

  /// Labels with length octets and the final zero; ASCII letters in lower case; at most 255 octets.
  const std::string& wire() const { return wire_; }
  /// Presentation format without the final dot (the root is `.`); odd octets as `\DDD`.
  std::string to_text() const;
  /// The name without its first label; empty for the root.
  std::optional<Name> parent() const;

  auto operator<=>(const Name&) const = default;

 private:
  std::string wire_;
};

}  // namespace persist::dns
