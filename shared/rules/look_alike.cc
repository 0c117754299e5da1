#include "rules/look_alike.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/escape.h"

namespace persist::rules {
namespace {

struct LookAlike {
  std::string_view foreign;
  std::string_view ascii;  ///< empty: cannot be seen
};

/// Source: Unicode Technical Standard 39, confusables; the part that reads like letters of host
/// names.
constexpr std::array<LookAlike, 62> look_alikes{{
    // Cyrillic
    {"\u0430", "a"},
    {"\u0410", "a"},
    {"\u0435", "e"},
    {"\u0415", "e"},
    {"\u043e", "o"},
    {"\u041e", "o"},
    {"\u0440", "p"},
    {"\u0420", "p"},
    {"\u0441", "c"},
    {"\u0421", "c"},
    {"\u0443", "y"},
    {"\u0445", "x"},
    {"\u0425", "x"},
    {"\u0456", "i"},
    {"\u0406", "i"},
    {"\u0458", "j"},
    {"\u0455", "s"},
    {"\u0442", "t"},
    {"\u0422", "t"},
    {"\u043d", "h"},
    {"\u04bb", "h"},
    {"\u0501", "d"},
    {"\u051b", "q"},
    {"\u051d", "w"},
    {"\u04cf", "l"},
    {"\u043a", "k"},
    {"\u043c", "m"},
    {"\u043f", "n"},
    {"\u0433", "r"},
    {"\u0261", "g"},
    // Greek
    {"\u03bf", "o"},
    {"\u03b1", "a"},
    {"\u03c1", "p"},
    {"\u03c4", "t"},
    {"\u03b9", "i"},
    {"\u03ba", "k"},
    {"\u03bd", "v"},
    {"\u03c5", "u"},
    {"\u03b5", "e"},
    {"\u03b7", "n"},
    // Latin
    {"\u0131", "i"},
    {"\u0130", "i"},
    {"\u0251", "a"},
    {"\u017f", "s"},
    {"\u0142", "l"},
    // dots
    {"\u3002", "."},
    {"\uff61", "."},
    {"\u2024", "."},
    {"\u00b7", "."},
    {"\u0660", "."},
    // hyphens
    {"\u2010", "-"},
    {"\u2011", "-"},
    {"\u2013", "-"},
    {"\u2212", "-"},
    // not to be seen
    {"\u00ad", ""},
    {"\u200b", ""},
    {"\u200c", ""},
    {"\u200d", ""},
    {"\u2060", ""},
    {"\ufeff", ""},
    {"\u180e", ""},
    {"\u00a0", ""},
}};

/// U+FF01 to U+FF5E are the printable ASCII characters, EF BC 81 to EF BD 9E as UTF-8.
char from_full_width(std::string_view character) {
  if (character.size() != 3 || character[0] != '\xEF') return 0;
  const auto low = static_cast<unsigned char>(character[2]);
  if (character[1] == '\xBC' && low >= 0x81) return static_cast<char>(low - 0x81 + 0x21);
  if (character[1] == '\xBD' && low <= 0x9E) return static_cast<char>(low - 0x80 + 0x60);
  return 0;
}

}  // namespace

std::string to_skeleton(std::string_view text) {
  std::string skeleton;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      skeleton += to_lower(text.front());
      text.remove_prefix(1);
      continue;
    }
    const std::string_view character = text.substr(0, std::max<std::size_t>(1, utf8_length(text)));
    text.remove_prefix(character.size());
    const auto known = std::find_if(look_alikes.begin(), look_alikes.end(),
                                    [&](const LookAlike& row) { return row.foreign == character; });
    if (known != look_alikes.end()) {
      skeleton += known->ascii;
    } else if (const char ascii = from_full_width(character); ascii != 0) {
      skeleton += to_lower(ascii);
    } else {
      skeleton += character;
    }
  }
  return skeleton;
}

}  // namespace persist::rules
