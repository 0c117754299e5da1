#include "config/config_error.h"

#include <gtest/gtest.h>

namespace persist::config {
namespace {

struct Case {
  std::string name;
  Place place;
  std::string line;
  std::string text;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string a_100(100, 'a');

std::string umlauts(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "\xC3\xA4";
  return text;
}

const Case cases[] = {
    {"file", {0, 0}, "", "f: error: m\n"},
    {"line", {7, 0}, "abc", "f:7: error: m\n    7 | abc\n"},
    {"first_column", {7, 1}, "abc", "f:7:1: error: m\n    7 | abc\n      | ^\n"},
    {"last_column", {123456, 3}, "abc", "f:123456:3: error: m\n123456 | abc\n       |   ^\n"},
    {"behind_the_line", {7, 9}, "abc", "f:7:9: error: m\n    7 | abc\n      |    ^\n"},
    {"behind_characters_of_two_octets",
     {7, 5},
     "\xC3\xA4\xC3\xA4x",
     "f:7:5: error: m\n    7 | \xC3\xA4\xC3\xA4x\n      |   ^\n"},
    {"behind_escaped_octets",
     {7, 3},
     "\t\xFFx",
     "f:7:3: error: m\n    7 | \\x09\\xffx\n      |         ^\n"},
    {"line_of_120",
     {7, 120},
     a_100 + "bbbbbbbbbbbbbbbbbbbc",
     "f:7:120: error: m\n    7 | " + a_100 + "bbbbbbbbbbbbbbbbbbbc\n      | " +
         std::string(119, ' ') + "^\n"},
    {"line_of_121",
     {7, 1},
     a_100 + "bbbbbbbbbbbbbbbbbbbbc",
     "f:7:1: error: m\n    7 | " + a_100 + "bbbbbbbbbbbbbbbbbbbb... (1 more bytes)\n      | ^\n"},
    {"far_right",
     {7, 301},
     a_100 + a_100 + a_100 + "bc",
     "f:7:301: error: m\n    7 | ... " + std::string(59, 'a') + "bc\n      | " +
         std::string(63, ' ') + "^\n"},
    {"cut_between_characters",
     {7, 202},
     "x" + umlauts(100) + "y",
     "f:7:202: error: m\n    7 | ... " + umlauts(29) + "y\n      | " + std::string(33, ' ') +
         "^\n"},
};

class ConfigErrorPlace : public testing::TestWithParam<Case> {};
TEST_P(ConfigErrorPlace, IsShown) {
  EXPECT_EQ(
      explain(to_config_error({.place = GetParam().place, .message = "m"}, "f", GetParam().line)),
      GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(Table, ConfigErrorPlace, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(ConfigErrorText, EndsWithTheHint) {
  EXPECT_EQ(explain({.location = {"f", 1, 2}, .message = "m", .hint = "h"}),
            "f:1:2: error: m\nhint: h\n");
}

}  // namespace
}  // namespace persist::config
