#include "report/excerpt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

namespace persist::report {
namespace {

struct Case {
  std::string name;
  std::string octets;
  std::size_t offset;
  std::size_t length;
  Excerpt want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string digits = "0123456789abcdefghijklmnopqrst";

const Case cases[] = {
    // 20 columns
    {"whole", "ca.example; x=1", 12, 3, {"ca.example; x=1", "            ^~~"}},
    {"first_octet", "abc", 0, 1, {"abc", "^"}},
    {"between_two_octets", "abc", 1, 0, {"abc", " ^"}},
    {"at_the_end", "abc", 3, 0, {"abc", "   ^"}},
    {"behind_the_end", "abc", 99, 7, {"abc", "   ^"}},
    {"longer_than_the_value", "abc", 1, 99, {"abc", " ^~"}},
    {"empty_value", "", 0, 0, {"", "^"}},
    {"cut_behind", digits, 2, 3, {"0123456789abcdefghij...", "  ^~~"}},
    {"cut_before", digits, 28, 2, {"...abcdefghijklmnopqrst", "                     ^~"}},
    {"cut_on_both_sides", digits, 15, 2, {"...56789abcdefghijklmno...", "             ^~"}},
    {"place_wider_than_the_room",
     digits,
     0,
     30,
     {"0123456789abcdefghij...", "^~~~~~~~~~~~~~~~~~~~"}},
    {"control_octets_are_one_place", "a\x1b\nb", 1, 2, {R"(a\x1b\x0ab)", " ^~~~~~~~"}},
    {"no_utf8_no_line_break",
     "\xd0\xb5\xe2\x80\xa8",
     0,
     2,
     {R"(\xd0\xb5\xe2\x80\xa8)", "^~~~~~~~"}},
    {"nul", std::string("a\0b", 3), 2, 1, {R"(a\x00b)", "     ^"}},
    {"backslash", R"(a\b)", 2, 1, {R"(a\\b)", "   ^"}},
    {"S12_commands_are_broken", "::x##[y]", 5, 1, {R"(\x3a:x\x23#[y])", "           ^"}},
};

class MakeExcerpt : public testing::TestWithParam<Case> {};

TEST_P(MakeExcerpt, MarksThePlace) {
  const Case& row = GetParam();
  const Excerpt got = make_excerpt(row.octets, row.offset, row.length, 20);
  EXPECT_EQ(got.text, row.want.text);
  EXPECT_EQ(got.marks, row.want.marks);
}

INSTANTIATE_TEST_SUITE_P(Table, MakeExcerpt, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(MakeExcerpt, KeepsItsBoundsEverywhere) {
  std::string octets;
  for (int i = 0; i < 1024; ++i) octets += static_cast<char>((i * 7) % 256);
  for (std::size_t offset = 0; offset <= octets.size(); ++offset) {
    const Excerpt excerpt = make_excerpt(octets, offset, 3, 40);
    ASSERT_LE(excerpt.text.size(), 46U) << offset;
    ASSERT_LE(excerpt.marks.size(), 44U) << offset;
    ASSERT_EQ(std::count(excerpt.marks.begin(), excerpt.marks.end(), '^'), 1) << offset;
  }
}

}  // namespace
}  // namespace persist::report
