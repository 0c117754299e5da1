#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace persist {

/// Longest text from outside that is printed, in octets of the original.
inline constexpr std::size_t longest_shown_octets = 512;

/// Text from outside made safe for a terminal or a log line.
///
/// Control octets and octets that are no UTF-8 become `\xNN`; invisible, bidirectional and
/// line-breaking characters become `\u{XXXX}`; a backslash becomes `\\`. Never holds a line break.
/// Cut at a character border after `limit` octets with `... (n more bytes)`. Sequences that a CI
/// runner obeys (`::`, `##[`, `##vso[`) are broken by escaping one character.
std::string escape(std::string_view text, std::size_t limit = longest_shown_octets);

/// `escape` between double quotes, inner quotes escaped.
std::string quote(std::string_view text, std::size_t limit = longest_shown_octets);

/// `quote` for names that may deceive: every character outside ASCII becomes `\u{XXXX}`, so that
/// look-alikes show.
std::string quote_as_ascii(std::string_view text, std::size_t limit = longest_shown_octets);

/// Lower-case hex, two digits an octet.
std::string to_hex(std::string_view octets);

/// Length of the UTF-8 character at the start of `text`; 0 if there is none (overlong forms,
/// surrogates, values above U+10FFFF and cut sequences are none).
std::size_t utf8_length(std::string_view text);

/// True if all of `text` is UTF-8.
bool is_utf8(std::string_view text);

}  // namespace persist
