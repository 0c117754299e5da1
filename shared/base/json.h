#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace persist {

/// Directories, challenges and account files have a few thousand octets; what is larger is none.
inline constexpr std::size_t largest_document_octets = 65'536;
/// Deepest nesting of objects and arrays.
inline constexpr std::size_t deepest_nesting = 32;

enum class JsonKind { null, boolean, number, text, array, object };

/// A JSON value, as far as we need it: numbers are known to be numbers, nothing more.
struct JsonValue {
  JsonKind kind = JsonKind::null;
  bool truth = false;                ///< of a boolean
  std::string text{};                ///< of a string; UTF-8, may hold NUL
  std::vector<JsonValue> items{};    ///< of an array; the members' values of an object
  std::vector<std::string> names{};  ///< of an object: one an item, no name twice

  /// The member's value; null if there is no such member, or if this is no object.
  const JsonValue* find(std::string_view name) const;
};

/// Why a text is not read.
enum class JsonErrorCode {
  too_large,         ///< more than `largest_document_octets`
  not_json,          ///< not in the grammar, not UTF-8, a byte order mark, a number out of range
  too_deep,          ///< nested deeper than `deepest_nesting`
  duplicate_member,  ///< a member that occurs twice in one object
  not_an_object,     ///< JSON, but no object
};

struct JsonError {
  JsonErrorCode code;
  std::string member{};  ///< of a duplicate_member its name
  bool operator==(const JsonError&) const = default;
};

/// Reads a document that comes from outside; never throws, whatever it holds.
///
/// A member that occurs twice, at any depth, is an error: RFC 8259 section 4 leaves open which one
/// counts, and two readers must not differ on who is authorised.
Expected<JsonValue, JsonError> parse_json_object(std::string_view text);

}  // namespace persist
