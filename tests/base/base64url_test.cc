#include "base/base64url.h"

#include <gtest/gtest.h>

#include <vector>

namespace persist {
namespace {

struct Case {
  std::string name;
  std::vector<std::uint8_t> octets;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

/// RFC 4648 section 10, without the padding; then the alphabet of section 5.
const Case cases[] = {
    {"empty", {}, ""},
    {"f", {'f'}, "Zg"},
    {"fo", {'f', 'o'}, "Zm8"},
    {"foo", {'f', 'o', 'o'}, "Zm9v"},
    {"foob", {'f', 'o', 'o', 'b'}, "Zm9vYg"},
    {"fooba", {'f', 'o', 'o', 'b', 'a'}, "Zm9vYmE"},
    {"foobar", {'f', 'o', 'o', 'b', 'a', 'r'}, "Zm9vYmFy"},
    {"sixty_two_is_a_hyphen", {0xFB, 0xEF, 0xBE}, "----"},
    {"sixty_three_is_an_underscore", {0xFF, 0xFF, 0xFF}, "____"},
    {"zeros", {0, 0, 0, 0}, "AAAAAA"},
    {"all_values_in_order",
     {0x00, 0x10, 0x83, 0x10, 0x51, 0x87, 0x20, 0x92, 0x8B, 0x30, 0xD3, 0x8F,
      0x41, 0x14, 0x93, 0x51, 0x55, 0x97, 0x61, 0x96, 0x9B, 0x71, 0xD7, 0x9F,
      0x82, 0x18, 0xA3, 0x92, 0x59, 0xA7, 0xA2, 0x9A, 0xAB, 0xB2, 0xDB, 0xAF,
      0xC3, 0x1C, 0xB3, 0xD3, 0x5D, 0xB7, 0xE3, 0x9E, 0xBB, 0xF3, 0xDF, 0xBF},
     "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"},
};

class Base64url : public testing::TestWithParam<Case> {};

TEST_P(Base64url, Encodes) {
  EXPECT_EQ(to_base64url(GetParam().octets), GetParam().want);
}

TEST_P(Base64url, DecodesWhatItEncoded) {
  EXPECT_EQ(from_base64url(GetParam().want), GetParam().octets);
}

INSTANTIATE_TEST_SUITE_P(Table, Base64url, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Base64url, HoldsManyOctetsWithoutOverflow) {
  const std::vector<std::uint8_t> octets(3000, 0xFF);
  EXPECT_EQ(to_base64url(octets), std::string(4000, '_'));
}

struct BadCase {
  std::string name;
  std::string text;
  friend void PrintTo(const BadCase& row, std::ostream* out) { *out << row.name; }
};

const BadCase bad_cases[] = {
    {"padded", "Zg=="},
    {"one_digit", "Z"},
    {"a_digit_too_many", "Zm9vY"},
    {"bits_that_no_octet_has", "Zh"},
    {"two_bits_that_no_octet_has", "Zm9"},
    {"alphabet_of_section_4", "//+/"},
    {"line_break", "Zm9v\n"},
    {"blank", " Zm9v"},
    {"not_ascii", "Zm9v\xC3"},
    {"nul", std::string("Zm\0v", 4)},
};

class BadBase64url : public testing::TestWithParam<BadCase> {};

TEST_P(BadBase64url, IsRefused) {
  EXPECT_EQ(from_base64url(GetParam().text), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Table, BadBase64url, testing::ValuesIn(bad_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist
