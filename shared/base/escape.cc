#include "base/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "base/printable_run.h"

namespace persist {
namespace {

std::uint32_t octet(char c) {
  return static_cast<std::uint8_t>(c);
}

std::uint32_t decode(std::string_view text, std::size_t length) {
  if (length == 1) return octet(text[0]);
  std::uint32_t code = octet(text[0]) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = (code << 6U) | (octet(text[i]) & 0x3FU);
  return code;
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

/// What a reader cannot see, or what moves other text about: controls, zero-width and bidirectional
/// characters, line and paragraph separators, variation selectors, tags, private use,
/// non-characters.
constexpr std::array<Range, 21> invisible{{
    {0x00, 0x1F},        {0x7F, 0xA0},     {0xAD, 0xAD},     {0x034F, 0x034F}, {0x061C, 0x061C},
    {0x115F, 0x1160},    {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F}, {0x2028, 0x202F},
    {0x205F, 0x206F},    {0x3000, 0x3000}, {0x3164, 0x3164}, {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF},
    {0xFE00, 0xFE0F},    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF},
    {0xE0000, 0x10FFFF},
}};

bool is_invisible(std::uint32_t code) {
  return std::any_of(invisible.begin(), invisible.end(), [code](const Range& range) {
    return code >= range.first && code <= range.last;
  });
}

/// A runner reads `::command::`, `##[command]` and `##vso[command]` anywhere in a line.
bool starts_runner_command(std::string_view text) {
  return text.substr(0, 2) == "::" || text.substr(0, 2) == "##";
}

void append_escaped(std::string& out, std::string_view text, std::size_t length) {
  if (length == 0) {
    out += fmt::format("\\x{:02x}", octet(text[0]));
    return;
  }
  const std::uint32_t code = decode(text, length);
  if (code == '\\') {
    out += "\\\\";
  } else if (starts_runner_command(text) || (code < 0x80 && is_invisible(code))) {
    out += fmt::format("\\x{:02x}", code);
  } else if (is_invisible(code)) {
    out += fmt::format("\\u{{{:04x}}}", code);
  } else {
    out += text.substr(0, length);
  }
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint32_t first = octet(text[0]);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((octet(text[i]) & 0xC0U) != 0x80) return 0;
  }
  const std::uint32_t code = decode(text, length);
  if (length == 3 && (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF))) return 0;
  if (length == 4 && (code < 0x10000 || code > 0x10FFFF)) return 0;
  return length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string escape(std::string_view text, std::size_t limit) {
  std::string out;
  out.reserve(std::min(text.size(), limit));
  std::size_t at = 0;
  for (;;) {
    const std::size_t run = printable_run<'\\', ':', '#'>(text.substr(at, limit - at));
    out += text.substr(at, run);
    at += run;
    if (at == text.size()) return out;
    const std::string_view rest = text.substr(at);
    const std::size_t length = utf8_length(rest);
    const std::size_t step = std::max<std::size_t>(length, 1);
    if (at + step > limit) return out + fmt::format("... ({} more bytes)", rest.size());
    append_escaped(out, rest, length);
    at += step;
  }
}

std::string quote(std::string_view text, std::size_t limit) {
  std::string out = "\"";
  for (const char c : escape(text, limit)) {
    if (c == '"') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string quote_as_ascii(std::string_view text, std::size_t limit) {
  const std::string quoted = quote(text, limit);
  std::string out;
  for (std::string_view rest = quoted; !rest.empty();) {
    const std::size_t length = utf8_length(rest);
    if (length == 1) {
      out += rest[0];
    } else {
      out += fmt::format("\\u{{{:04x}}}", decode(rest, length));
    }
    rest.remove_prefix(length);
  }
  return out;
}

std::string to_hex(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(octets.size() * 2);
  for (const char c : octets) {
    hex += digits[octet(c) >> 4U];
    hex += digits[octet(c) & 0xFU];
  }
  return hex;
}

}  // namespace persist
