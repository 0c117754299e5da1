#include "clients/der_reader.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace persist::clients {
namespace {

using namespace std::string_literals;

struct Case {
  std::string name;
  std::string octets;
  std::string want;  ///< size of each element's contents; `fault` where it is no DER
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"nothing", "", ""},
    {"empty_element", "\x30\0"s, "0 "},
    {"two_elements", "\x02\x01\x05\x04\x02xy"s, "1 2 "},
    {"longest_short_length", "\x04\x7F"s + std::string(127, 'x'), "127 "},
    {"one_octet_length", "\x04\x81\x80"s + std::string(128, 'x'), "128 "},
    {"two_octet_length", "\x04\x82\x01\0"s + std::string(256, 'x'), "256 "},

    {"tag_alone", "\x30"s, "fault"},
    {"beyond_the_end", "\x30\x02\x05"s, "fault"},
    {"length_cut", "\x30\x82\x01"s, "fault"},
    {"indefinite_length", "\x30\x80\0\0"s, "fault"},
    {"longer_than_needed", "\x30\x81\x01x"s, "fault"},
    {"leading_zero", "\x04\x82\0\x80"s + std::string(128, 'x'), "fault"},
    {"five_length_octets", "\x04\x85\0\0\0\0\x01x"s, "fault"},
    {"largest_length", "\x04\x84\xFF\xFF\xFF\xFFx"s, "fault"},
    {"long_tag", "\x3F\x81\x01\0"s, "fault"},
    {"fault_behind_an_element", "\x02\x01\x05\x30"s, "1 fault"},
};

class Der : public testing::TestWithParam<Case> {};

TEST_P(Der, IsWalkedToTheEndOrToAFault) {
  DerReader reader(GetParam().octets);
  std::string got;
  while (const auto element = reader.next()) got += std::to_string(element->contents.size()) + " ";
  if (!reader.is_at_end()) got += "fault";
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Der, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(DerReader, TakesOnlyTheTagThatIsAskedFor) {
  DerReader reader("\x02\x01\x05");
  EXPECT_FALSE(reader.take(0x30));
  EXPECT_FALSE(reader.is_at_end());
  EXPECT_EQ(reader.take(0x02), "\x05");
  EXPECT_TRUE(reader.is_at_end());
  EXPECT_FALSE(reader.take(0x02));
}

}  // namespace
}  // namespace persist::clients
