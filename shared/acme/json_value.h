#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "acme/protocol_error.h"
#include "base/expected.h"

namespace persist::acme {

/// Directories and challenges have a few thousand octets; what is larger is no answer to us.
inline constexpr std::size_t largest_document_octets = 65'536;
/// Deepest nesting of objects and arrays.
inline constexpr std::size_t deepest_nesting = 32;

enum class JsonKind { null, boolean, number, text, array, object };

/// A JSON value, as far as this module needs it: numbers are known to be numbers, nothing more.
struct JsonValue {
  JsonKind kind = JsonKind::null;
  bool truth = false;                ///< of a boolean
  std::string text{};                ///< of a string; UTF-8, may hold NUL
  std::vector<JsonValue> items{};    ///< of an array; the members' values of an object
  std::vector<std::string> names{};  ///< of an object: one an item, no name twice

  /// The member's value; null if there is no such member, or if this is no object.
  const JsonValue* find(std::string_view name) const;
};

/// Reads a document that a server sent; never throws, whatever it holds.
///
/// Errors: too_large, not_json, too_deep, duplicate_member (at any depth: RFC 8259 section 4 leaves
/// open which one counts, and two readers must not differ on who is authorised), not_an_object.
Expected<JsonValue, ProtocolError> parse_json_object(std::string_view text);

/// The text of a member that must be there.
/// Errors: member_missing, member_wrong_type.
Expected<std::string, ProtocolError> read_text(const JsonValue& object, std::string_view name);

/// The same for a URL to which requests go: `https://`, a host, nothing that is not visible ASCII,
/// no user name. Error also: not_https_url. Source: RFC 8555 section 6.1.
Expected<std::string, ProtocolError> read_https_url(const JsonValue& object, std::string_view name);

}  // namespace persist::acme
