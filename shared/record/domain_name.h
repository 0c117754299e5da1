#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"

namespace persist::record {

/// Longest DNS name as text, without the final dot. Source: RFC 1035 section 2.3.4 (255 octets on
/// the wire).
inline constexpr std::size_t longest_name_octets = 253;

/// Why a text is no domain name or no identifier.
enum class NameErrorCode {
  empty,           ///< nothing, or nothing but a dot
  too_long,        ///< over 253 octets
  empty_label,     ///< `a..b` or a leading dot
  label_too_long,  ///< over 63 octets
  bad_character,   ///< an octet that is no letter, digit, hyphen or underscore
  hyphen_at_edge,  ///< a label begins or ends with a hyphen
  misplaced_star,  ///< `*` anywhere but as the whole first label of an identifier
  ip_address,      ///< an IPv4 or IPv6 address, or a name that ends in a number
  not_idna,        ///< a label that IDNA 2008 refuses
};

struct NameError {
  NameErrorCode code;
  std::size_t offset = 0;  ///< of the octet or label at fault, in the text that was given
  bool operator==(const NameError&) const = default;
};

/// A fully qualified domain name in the form in which ACME compares names: A-labels, lower case, no
/// final dot.
class DomainName {
 public:
  /// Reads ASCII or UTF-8; U-labels become A-labels (IDNA 2008 with the UTS 46 mapping), one final
  /// dot is dropped. Labels hold letters, digits, hyphens and underscores. Source: RFC 1035
  /// section 2.3.4, RFC 5891, draft-ietf-acme-dns-persist-02 section 9.2.
  static Expected<DomainName, NameError> parse(std::string_view text);

  const std::string& text() const { return text_; }

  /// True if this is `ancestor` or lies below it, on label boundaries.
  bool is_same_or_below(const DomainName& ancestor) const;

  /// The name below this one with `label`, which must be well formed and in lower case; fails only
  /// if that is too long.
  Expected<DomainName, NameError> child(std::string_view label) const;

  /// The name without its first label; empty for a single label.
  std::optional<DomainName> parent() const;

  auto operator<=>(const DomainName&) const = default;

 private:
  explicit DomainName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace persist::record
