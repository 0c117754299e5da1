#include <gtest/gtest.h>

#include "printing.h"

namespace persist::config {
namespace {

using namespace std::string_literals;

/// Octets that no list may hold, wherever they stand.
struct Case {
  std::string name;
  std::string text;
  std::string error;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string wide = "hint: is this UTF-16 or UTF-32? convert it to UTF-8\n";
const std::string head = "domains:\n- a.example # ";

std::string at_12(const std::string& message, const std::string& shown) {
  return "l:2:15: error: " + message + "\n    2 | - a.example # " + shown +
         "\n      |               ^\n";
}

const Case cases[] = {
    {"utf_16_le_mark",
     "\xFF\xFE"
     "d\0o\0"s,
     "l:1:1: error: not UTF-8 at byte 1\n    1 | \\xff\\xfed\\x00o\\x00\n      | ^\n" + wide},
    {"utf_16_be_mark", "\xFE\xFF\0d\0o"s,
     "l:1:1: error: not UTF-8 at byte 1\n    1 | \\xfe\\xff\\x00d\\x00o\n      | ^\n" + wide},
    {"utf_16_le", "d\0o\0m\0"s,
     "l:1:2: error: not UTF-8 at byte 2 (NUL)\n    1 | d\\x00o\\x00m\\x00\n      |  ^\n" + wide},
    {"utf_32_be", "\0\0\0d"s,
     "l:1:1: error: not UTF-8 at byte 1 (NUL)\n    1 | \\x00\\x00\\x00d\n      | ^\n" + wide},
    {"latin_1", head + "\xFC\n", at_12("not UTF-8 at byte 24", "\\xfc")},
    {"overlong_slash", head + "\xC0\xAF\n", at_12("not UTF-8 at byte 24", "\\xc0\\xaf")},
    {"overlong_nul", head + "\xE0\x80\x80\n", at_12("not UTF-8 at byte 24", "\\xe0\\x80\\x80")},
    {"surrogate", head + "\xED\xA0\x80\n", at_12("not UTF-8 at byte 24", "\\xed\\xa0\\x80")},
    {"above_10ffff", head + "\xF4\x90\x80\x80\n",
     at_12("not UTF-8 at byte 24", "\\xf4\\x90\\x80\\x80")},
    {"cut_sequence", head + "\xE2\x82", at_12("not UTF-8 at byte 24", "\\xe2\\x82")},
    {"cut_by_line_end", head + "\xE2\x82\n- b\n", at_12("not UTF-8 at byte 24", "\\xe2\\x82")},
    {"nul", head + "\0\n"s, at_12("not UTF-8 at byte 24 (NUL)", "\\x00")},
    {"end_of_transmission", head + "\x04\n", at_12("control character \\x04 at byte 24", "\\x04")},
    {"escape", head + "\x1B\n", at_12("control character \\x1b at byte 24", "\\x1b")},
    {"delete", head + "\x7F\n", at_12("control character \\x7f at byte 24", "\\x7f")},
    {"next_line", head + "\xC2\x85\n",
     at_12("control character \\u{0085} at byte 24", "\\u{0085}")},
    {"carriage_return_alone", head + "\r- b.example\n",
     at_12("control character \\x0d at byte 24", "\\x0d- b.example")},
    {"carriage_return_twice", head + "\r\r\n",
     at_12("control character \\x0d at byte 24", "\\x0d")},
    {"offset_counts_mark_and_crlf",
     "\xEF\xBB\xBF"
     "domains:\r\n- \xFF\r\n",
     "l:2:3: error: not UTF-8 at byte 16\n    2 | - \\xff\n      |   ^\n"},
    {"in_settings", "# \xFF\ndomains:\n- a\n",
     "l:1:3: error: not UTF-8 at byte 3\n    1 | # \\xff\n      |   ^\n"},
};

class Y09_Octets : public testing::TestWithParam<Case> {};
TEST_P(Y09_Octets, AreRefused) {
  EXPECT_EQ(error_of(GetParam().text), GetParam().error);
}
INSTANTIATE_TEST_SUITE_P(Table, Y09_Octets, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Y09_Octets, BeyondAsciiAreTextInComments) {
  EXPECT_EQ(error_of(head + "\xE2\x82\xAC \xF0\x9F\x98\x80 \xEF\xBB\xBF\n"), "");
}

}  // namespace
}  // namespace persist::config
