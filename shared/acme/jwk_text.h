#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace persist::acme {

/// The members of a JSON object, as views into its text: of a private key no copy is made.
///
/// A JSON Web Key is flat. Members that are strings are kept, escapes as they stand; numbers,
/// literals and arrays of those are passed over; an object within is refused.
class JwkText {
 public:
  /// Empty if `text`, which must outlive the value, is no such object, or has a member twice.
  static std::optional<JwkText> parse(std::string_view text);
  /// The string of a member; empty if there is no such member, or if it is no string.
  std::optional<std::string_view> find(std::string_view name) const;

 private:
  friend class JwkScanner;
  struct Member {
    std::string_view name;
    std::optional<std::string_view> text;
  };
  std::vector<Member> members_;
};

}  // namespace persist::acme
