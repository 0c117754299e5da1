#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace persist::clients {

/// An element of DER: identifier octet and contents.
struct DerElement {
  std::uint8_t tag;
  std::string_view contents;
};

/// Walks over elements that stand side by side. What is no DER (a length that is indefinite, longer
/// than needed or beyond the end; a tag of more than one octet) ends the walk as a fault. Source:
/// X.690 sections 8.1 and 10.1.
class DerReader {
 public:
  explicit DerReader(std::string_view octets) : rest_(octets) {}

  /// The next element; empty at the end, or after a fault.
  std::optional<DerElement> next();
  /// The contents of the next element if that has this tag; if not, nothing is taken.
  std::optional<std::string_view> take(std::uint8_t tag);
  /// True if everything was read and was DER.
  bool is_at_end() const { return !has_fault_ && rest_.empty(); }

 private:
  std::optional<DerElement> look(std::size_t& size) const;

  std::string_view rest_;
  bool has_fault_ = false;
};

}  // namespace persist::clients
