#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace persist::report {

/// Appends `text` as a JSON string. Only printable ASCII comes out: every other character is a `\u`
/// escape, and so is the first octet of `::` and `##`, which CI runners obey. Text that is no UTF-8
/// is given in the form of `escape`. Source: RFC 8259 section 7.
void append_json_string(std::string& out, std::string_view text);

/// Appends JSON to a string that its caller owns; sets the commas, the shape is the caller's. Keys
/// are our own words and are not escaped. A value directly in an array has no key.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object(std::string_view key = {}) { open(key, '{'); }
  void end_object() { out_ += '}'; }
  void begin_array(std::string_view key = {}) { open(key, '['); }
  void end_array() { out_ += ']'; }

  void text(std::string_view key, std::string_view value);
  void text_or_null(std::string_view key, std::optional<std::string_view> value);
  void number(std::string_view key, std::int64_t value);
  void flag(std::string_view key, bool value);
  void null(std::string_view key);
  void text(std::string_view value) { text({}, value); }
  /// Octets as a string of lower-case hex, in an array.
  void hex(std::string_view octets);

  /// A member whose key comes from outside.
  void foreign_member(std::string_view key, std::string_view value);

 private:
  void open(std::string_view key, char bracket);
  void start(std::string_view key);

  std::string& out_;
};

}  // namespace persist::report
