#include "report/safe_line.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace persist::report {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string long_text(5000, 'x');

const Case cases[] = {
    {"empty", "", ""},
    {"plain", "no record at example.com", "no record at example.com"},
    {"escaped_by_its_maker", R"(got "\x1b[2J\u{202e}\\")", R"(got "\x1b[2J\u{202e}\\")"},
    {"backslash_at_both_ends", R"(\x\)", R"(\x\)"},
    {"line_break", "a\nb\r", R"(a\x0ab\x0d)"},
    {"escape_sequence", "\x1b[2J", R"(\x1b[2J)"},
    {"csi_as_one_octet", "\x9b", R"(\x9b)"},
    {"bidirectional", "\u202e", R"(\u{202e})"},
    {"visible_utf8", "caf\u00e9", "caf\u00e9"},
    {"workflow_command", "::error::x", R"(\x3a:error\x3a:x)"},
    {"pipelines_command", "##vso[x]", R"(\x23#vso[x])"},
    {"O10_long", long_text, std::string(4096, 'x') + "... (904 more bytes)"},
    {"O10_cut_at_a_character", std::string(4095, 'x') + "\u00e9y",
     std::string(4095, 'x') + "... (3 more bytes)"},
    {"O10_cut_behind_a_character", std::string(4094, 'x') + "\u00e9y",
     std::string(4094, 'x') + "\u00e9... (1 more bytes)"},
};

class SafeLine : public testing::TestWithParam<Case> {};

TEST_P(SafeLine, IsMade) {
  EXPECT_EQ(to_safe_line(GetParam().text), GetParam().want);
}

TEST_P(SafeLine, StaysTheSame) {
  const std::string once = to_safe_line(GetParam().text);
  EXPECT_EQ(to_safe_line(once, once.size()), once);
}

INSTANTIATE_TEST_SUITE_P(Table, SafeLine, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::report
