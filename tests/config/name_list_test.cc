#include <gtest/gtest.h>

#include "printing.h"

namespace persist::config {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string result;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string no_settings = "defaults: ca= accounts= warn_before=30d\nalias_targets: \n";

const Case cases[] = {
    {"names", "example.com\n*.example.org\n",
     no_settings + "1:1: example.com\n2:1: *.example.org\n"},
    {"comments_and_blanks", "# all\n\n  example.com \t # why\n\t\n#b.example\nc.example#\n",
     no_settings +
         "3:3: example.com\n"
         "l:6:10: error: \"c.example#\" is no domain name: it has a character that no host name "
         "may have (octet 10)\n"
         "    6 | c.example#\n      |          ^\nhint: write the name alone: \"c.example\"\n"},
    {"Y08_crlf_and_byte_order_mark",
     "\xEF\xBB\xBF"
     "a.example\r\nb.example\r\n",
     no_settings + "1:1: a.example\n2:1: b.example\n"},
    {"Y08_no_newline_at_end", "a.example\nb.example",
     no_settings + "1:1: a.example\n2:1: b.example\n"},
    {"normalised",
     "EXAMPLE.com.\nb\xC3\xBC"
     "cher.example\n",
     no_settings + "1:1: example.com\n2:1: xn--bcher-kva.example ulabel\n"},
    {"Y04_empty", "", no_settings + "l: error: no domains\n"},
    {"Y04_comments_only", "# a.example\n\n", no_settings + "l: error: no domains\n"},
    {"two_names_on_a_line", "a.example b.example\n",
     no_settings + "l:1:10: error: \"a.example b.example\" is no domain name: it has a character "
                   "that no host name "
                   "may have (octet 10)\n    1 | a.example b.example\n      |          ^\nhint: "
                   "one name for each entry\n"},
    {"yaml", "domains:\n  - a.example\n",
     no_settings + "l:1:8: error: \"domains:\" is no domain name: it has a character that no host "
                   "name may have "
                   "(octet 8)\n    1 | domains:\n      |        ^\nhint: this looks like YAML, "
                   "which is read without --names\n"},
    {"Y09_latin_1",
     "a.example\nb\xFC"
     "cher.example\n",
     no_settings +
         "1:1: a.example\nl:2:2: error: not UTF-8 at byte 12\n    2 | b\\xfccher.example\n"
         "      |  ^\n"},
};

class NameListText : public testing::TestWithParam<Case> {};
TEST_P(NameListText, IsRead) {
  EXPECT_EQ(read_all(InventoryReader::from_text("l", GetParam().text, ListFormat::names)),
            GetParam().result);
}
INSTANTIATE_TEST_SUITE_P(Table, NameListText, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::config
