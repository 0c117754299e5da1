#include "base/escape.h"

#include <gtest/gtest.h>

#include <string>

namespace persist {
namespace {

using namespace std::string_literals;  // for octets behind a NUL

struct Case {
  std::string name;
  std::string text;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

/// What attackers put into fields that get printed, and what must be seen instead.
const Case cases[] = {
    {"plain", "ca.example; accounturi=https://ca.example/acct/1",
     "ca.example; accounturi=https://ca.example/acct/1"},
    {"empty", "", ""},
    {"printable_unicode", "b\u00FCcher \u4E2D \U0001F512", "b\u00FCcher \u4E2D \U0001F512"},
    {"clear_screen", "\x1B[2J", R"(\x1b[2J)"},
    {"window_title", "\x1B]0;x\x07", R"(\x1b]0;x\x07)"},
    {"hyperlink", "\x1B]8;;http://x", R"(\x1b]8;;http://x)"},
    {"csi_octet",
     "\x9B"
     "2J",
     R"(\x9b2J)"},
    {"csi_character",
     "\u009B"
     "2J",
     R"(\u{009b}2J)"},
    {"carriage_return", "a\rb", R"(a\x0db)"},
    {"line_feed", "a\nb", R"(a\x0ab)"},
    {"bell_and_backspace", "\a\b", R"(\x07\x08)"},
    {"nul", "a\0b"s, R"(a\x00b)"},
    {"tab", "a\tb", R"(a\x09b)"},
    {"delete", "\x7F", R"(\x7f)"},
    {"next_line", "a\u0085b", R"(a\u{0085}b)"},
    {"github_error", "::error::x", R"(\x3a:error\x3a:x)"},
    {"github_mask", "::add-mask::x", R"(\x3a:add-mask\x3a:x)"},
    {"github_in_the_middle", "a ::stop-commands::t", R"(a \x3a:stop-commands\x3a:t)"},
    {"three_colons", ":::", R"(\x3a\x3a:)"},
    {"azure_error", "##[error]x", R"(\x23#[error]x)"},
    {"azure_variable", "##vso[task.setvariable]x", R"(\x23#vso[task.setvariable]x)"},
    {"ipv6_stays_readable", "2001:db8:1", "2001:db8:1"},
    {"script", "<script>", "<script>"},
    {"cdata_end", "]]>", "]]>"},
    {"quote", "\"", "\""},
    {"backslash", R"(a\b)", R"(a\\b)"},
    {"looks_escaped", R"(\x1b)", R"(\\x1b)"},
    {"url_encoded_line_feed", "%0A", "%0A"},
    {"formula", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
    {"format_strings", "{0} {} %n %s", "{0} {} %n %s"},
    {"shell", "$(id) `id`", "$(id) `id`"},
    {"right_to_left_override", "a\u202Eb", R"(a\u{202e}b)"},
    {"isolates", "\u2066\u2069", R"(\u{2066}\u{2069})"},
    {"arabic_letter_mark", "\u061C", R"(\u{061c})"},
    {"line_separator", "\u2028\u2029", R"(\u{2028}\u{2029})"},
    {"byte_order_mark", "\uFEFF", R"(\u{feff})"},
    {"zero_width", "a\u200Bb\u200Dc", R"(a\u{200b}b\u{200d}c)"},
    {"soft_hyphen",
     "ex\u00AD"
     "ample",
     R"(ex\u{00ad}ample)"},
    {"no_break_space", "\u00A0", R"(\u{00a0})"},
    {"variation_selector", "a\uFE0F", R"(a\u{fe0f})"},
    {"tag_characters", "\U000E0041", R"(\u{e0041})"},
    {"private_use", "\uE000\U0010FFFF", R"(\u{e000}\u{10ffff})"},
    {"hangul_filler", "\u3164", R"(\u{3164})"},
    {"lone_high_surrogate", "\xED\xA0\x80", R"(\xed\xa0\x80)"},
    {"lone_low_surrogate", "\xED\xBF\xBF", R"(\xed\xbf\xbf)"},
    {"overlong_slash", "\xC0\xAF", R"(\xc0\xaf)"},
    {"overlong_three", "\xE0\x80\xAF", R"(\xe0\x80\xaf)"},
    {"overlong_four", "\xF0\x80\x80\xAF", R"(\xf0\x80\x80\xaf)"},
    {"above_unicode", "\xF4\x90\x80\x80", R"(\xf4\x90\x80\x80)"},
    {"five_octets", "\xF8\x88\x80\x80\x80", R"(\xf8\x88\x80\x80\x80)"},
    {"cut_sequence", "a\xE4\xB8", R"(a\xe4\xb8)"},
    {"broken_sequence",
     "\xE4"
     "a",
     R"(\xe4a)"},
    {"latin_1",
     "b\xFC"
     "cher",
     R"(b\xfccher)"},
};

class Escape : public testing::TestWithParam<Case> {};

TEST_P(Escape, ShowsWhatIsThere) {
  EXPECT_EQ(escape(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Escape, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Escape, CutsBehindTheLimit) {
  EXPECT_EQ(escape("abcdef", 6), "abcdef");
  EXPECT_EQ(escape("abcdefg", 6), "abcdef... (1 more bytes)");
  EXPECT_EQ(escape("abc", 0), "... (3 more bytes)");
}

TEST(Escape, CutsAtACharacterBorder) {
  EXPECT_EQ(escape("ab\u4E2D"
                   "c",
                   4),
            "ab... (4 more bytes)");
  EXPECT_EQ(escape("ab\u4E2D"
                   "c",
                   5),
            "ab\u4E2D... (1 more bytes)");
}

TEST(Escape, CountsOctetsOfTheOriginal) {
  EXPECT_EQ(escape("\n\n\n\n", 3), R"(\x0a\x0a\x0a... (1 more bytes))");
}

TEST(Escape, O10_ShowsALongTextInShort) {
  const std::string text(64 * 1024, 'x');
  EXPECT_EQ(escape(text), std::string(512, 'x') + "... (65024 more bytes)");
}

/// Every octet alone, and every octet in a pair with one that begins or ends sequences.
TEST(Escape, O01_NeverPrintsControlsOrBrokenUtf8) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string shown =
          escape(std::string{static_cast<char>(first), static_cast<char>(second)});
      ASSERT_TRUE(is_utf8(shown)) << first << " " << second;
      for (const char c : shown) {
        ASSERT_FALSE((c >= 0 && c < 0x20) || c == 0x7F) << first << " " << second;
      }
      ASSERT_EQ(shown.find("\xC2\x9B"), std::string::npos);
      ASSERT_EQ(shown.find("::"), std::string::npos);
      ASSERT_EQ(shown.find("##"), std::string::npos);
    }
  }
}

TEST(Escape, DifferentTextsLookDifferent) {
  EXPECT_NE(escape("\x1B"), escape(R"(\x1b)"));
  EXPECT_NE(escape("\u202E"), escape(R"(\u{202e})"));
  EXPECT_NE(escape("::"), escape(R"(\x3a:)"));
}

TEST(Quote, EscapesInnerQuotes) {
  EXPECT_EQ(quote("a"), R"("a")");
  EXPECT_EQ(quote(R"(say "x" \)"), R"("say \"x\" \\")");
  EXPECT_EQ(quote(""), R"("")");
  EXPECT_EQ(quote("abc", 1), "\"a... (2 more bytes)\"");
}

TEST(QuoteAsAscii, ShowsLookAlikes) {
  EXPECT_EQ(quote_as_ascii("ca.example"), R"("ca.example")");
  EXPECT_EQ(quote_as_ascii("\u0441a.example"), R"("\u{0441}a.example")");
  EXPECT_EQ(quote_as_ascii("\uFF43\u200B\U0001F512"), R"("\u{ff43}\u{200b}\u{1f512}")");
  EXPECT_EQ(quote_as_ascii("a\"b\xFF"), R"("a\"b\xff")");
}

TEST(Hex, PrintsEveryOctet) {
  EXPECT_EQ(to_hex(""), "");
  EXPECT_EQ(to_hex("\x00\x0F\xF0\xFF\x7F"s), "000ff0ff7f");
}

struct Utf8Case {
  std::string name;
  std::string text;
  std::size_t want;
  friend void PrintTo(const Utf8Case& row, std::ostream* out) { *out << row.name; }
};

const Utf8Case utf8_cases[] = {
    {"empty", "", 0},
    {"nul", "\0"s, 1},
    {"last_of_one", "\x7F", 1},
    {"continuation", "\x80", 0},
    {"overlong_two", "\xC1\xBF", 0},
    {"first_of_two", "\xC2\x80", 2},
    {"last_of_two", "\xDF\xBF", 2},
    {"overlong_three", "\xE0\x9F\xBF", 0},
    {"first_of_three", "\xE0\xA0\x80", 3},
    {"before_surrogates", "\xED\x9F\xBF", 3},
    {"first_surrogate", "\xED\xA0\x80", 0},
    {"behind_surrogates", "\xEE\x80\x80", 3},
    {"last_of_three", "\xEF\xBF\xBF", 3},
    {"overlong_four", "\xF0\x8F\xBF\xBF", 0},
    {"first_of_four", "\xF0\x90\x80\x80", 4},
    {"last_of_four", "\xF4\x8F\xBF\xBF", 4},
    {"above_the_last", "\xF4\x90\x80\x80", 0},
    {"five_octets", "\xF8\x88\x80\x80\x80", 0},
    {"cut", "\xF0\x90\x80", 0},
    {"bad_continuation", "\xC2\xC2", 0},
};

class Utf8Length : public testing::TestWithParam<Utf8Case> {};

TEST_P(Utf8Length, OfTheFirstCharacter) {
  const Utf8Case& row = GetParam();
  EXPECT_EQ(utf8_length(row.text), row.want);
  EXPECT_EQ(utf8_length(row.text + "x"), row.text.empty() ? 1U : row.want);
  EXPECT_EQ(is_utf8(row.text), row.want > 0 || row.text.empty());
}

INSTANTIATE_TEST_SUITE_P(Table, Utf8Length, testing::ValuesIn(utf8_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist
