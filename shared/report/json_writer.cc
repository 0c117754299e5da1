#include "report/json_writer.h"

#include <array>
#include <charconv>
#include <cstddef>

#include "base/escape.h"
#include "base/printable_run.h"

namespace persist::report {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_unit(std::string& out, std::uint32_t unit) {
  out += "\\u";
  for (unsigned shift = 16; shift > 0;) {
    shift -= 4;
    out += hex_digits[(unit >> shift) & 0xFU];
  }
}

/// The code point of the well-formed UTF-8 character `character`.
std::uint32_t decode(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first;
  std::uint32_t code = first & (0xFFU >> (character.size() + 1));
  for (const char c : character.substr(1))
    code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return code;
}

void append_code_point(std::string& out, std::uint32_t code) {
  if (code < 0x10000) return append_unit(out, code);
  append_unit(out, 0xD800U + ((code - 0x10000U) >> 10U));
  append_unit(out, 0xDC00U + ((code - 0x10000U) & 0x3FFU));
}

/// Appends the first character of `text`, which is not plain; gives its length, 0 if it is no
/// UTF-8.
std::size_t append_special(std::string& out, std::string_view text) {
  const char c = text[0];
  const bool is_doubled = text.size() > 1 && text[1] == c;
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
    return 1;
  }
  if ((c == ':' || c == '#') && !is_doubled) {
    out += c;
    return 1;
  }
  const std::size_t length = utf8_length(text);
  if (length > 0) append_code_point(out, decode(text.substr(0, length)));
  return length;
}

/// False, with a part appended, if `text` is no UTF-8.
bool append_characters(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t run = printable_run<'"', '\\', ':', '#'>(text);
    out += text.substr(0, run);
    text.remove_prefix(run);
    if (text.empty()) return true;
    const std::size_t length = append_special(out, text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  const std::size_t start = out.size();
  if (!append_characters(out, text)) {
    out.resize(start);
    append_characters(out, escape(text, text.size()));
  }
  out += '"';
}

void JsonWriter::start(std::string_view key) {
  const char last = out_.empty() ? '{' : out_.back();
  if (last != '{' && last != '[' && last != ':' && last != '\n') out_ += ',';
  if (key.empty()) return;
  out_ += '"';
  out_ += key;
  out_ += "\":";
}

void JsonWriter::open(std::string_view key, char bracket) {
  start(key);
  out_ += bracket;
}

void JsonWriter::text(std::string_view key, std::string_view value) {
  start(key);
  append_json_string(out_, value);
}

void JsonWriter::text_or_null(std::string_view key, std::optional<std::string_view> value) {
  if (value) return text(key, *value);
  null(key);
}

void JsonWriter::hex(std::string_view octets) {
  start({});
  out_ += '"';
  const std::size_t begin = out_.size();
  out_.resize(begin + 2 * octets.size());
  char* to = out_.data() + begin;
  for (const char c : octets) {
    *to++ = hex_digits[static_cast<unsigned char>(c) >> 4U];
    *to++ = hex_digits[static_cast<unsigned char>(c) & 0xFU];
  }
  out_ += '"';
}

void JsonWriter::number(std::string_view key, std::int64_t value) {
  std::array<char, 24> digits;  // NOLINT(*-member-init): to_chars fills what is read
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  start(key);
  out_.append(digits.data(), end);
}

void JsonWriter::flag(std::string_view key, bool value) {
  start(key);
  out_ += value ? "true" : "false";
}

void JsonWriter::null(std::string_view key) {
  start(key);
  out_ += "null";
}

void JsonWriter::foreign_member(std::string_view key, std::string_view value) {
  start({});
  append_json_string(out_, key);
  out_ += ':';
  append_json_string(out_, value);
}

}  // namespace persist::report
