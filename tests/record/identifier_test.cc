#include "record/identifier.h"

#include <gtest/gtest.h>

#include <string>

namespace persist::record {
namespace {

using Code = NameErrorCode;

DomainName name(std::string_view text) {
  return *DomainName::parse(text);
}

TEST(Identifier, WildcardLosesItsStar) {
  EXPECT_EQ(parse_identifier("*.Example.com."), (Identifier{name("example.com"), true}));
  EXPECT_EQ(parse_identifier("example.com"), (Identifier{name("example.com"), false}));
  EXPECT_EQ(parse_identifier("*.bücher.example"),
            (Identifier{name("xn--bcher-kva.example"), true}));
  EXPECT_EQ(parse_identifier("*.com"), (Identifier{name("com"), true}));
}

TEST(Identifier, TextIsThatOfAnOrder) {
  EXPECT_EQ(parse_identifier("*.Example.com.")->text(), "*.example.com");
  EXPECT_EQ(parse_identifier("Example.com")->text(), "example.com");
}

struct Case {
  std::string name;
  std::string text;
  NameError want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"star", "*", {Code::misplaced_star, 0}},
    {"star_dot", "*.", {Code::empty, 2}},
    {"star_dot_dot", "*..", {Code::empty, 2}},
    {"two_stars", "*.*.example.com", {Code::misplaced_star, 2}},
    {"double_star", "**.example.com", {Code::misplaced_star, 0}},
    {"star_in_the_middle", "a.*.b", {Code::misplaced_star, 2}},
    {"star_in_the_first_label", "a*.example.com", {Code::misplaced_star, 1}},
    {"star_behind", "example.*", {Code::misplaced_star, 8}},
    {"address", "*.192.0.2.1", {Code::ip_address, 2}},
    {"bad_character", "*.exa mple.com", {Code::bad_character, 5}},
    {"full_width_star", "\uFF0A.example.com", {Code::misplaced_star, 0}},
};

class BadIdentifier : public testing::TestWithParam<Case> {};

TEST_P(BadIdentifier, Y15_IsRefusedAtItsPlace) {
  const auto identifier = parse_identifier(GetParam().text);
  ASSERT_FALSE(identifier.has_value());
  EXPECT_EQ(identifier.error().code, GetParam().want.code);
  EXPECT_EQ(identifier.error().offset, GetParam().want.offset);
}

INSTANTIATE_TEST_SUITE_P(Table, BadIdentifier, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(ValidationDomainName, StandsInFrontOfTheName) {
  EXPECT_EQ(validation_domain_name(name("example.com"))->text(), "_validation-persist.example.com");
}

std::string name_of(std::size_t octets) {
  std::string text;
  while (text.size() + 64 < octets) text += std::string(63, 'a') + ".";
  return text + std::string(octets - text.size(), 'b');
}

TEST(ValidationDomainName, TakesNamesUpTo233Octets) {
  const DomainName longest = name(name_of(233));
  EXPECT_TRUE(has_room_for_label(longest));
  EXPECT_EQ(validation_domain_name(longest)->text().size(), 253U);

  const DomainName longer = name(name_of(234));
  EXPECT_FALSE(has_room_for_label(longer));
  ASSERT_FALSE(validation_domain_name(longer).has_value());
  EXPECT_EQ(validation_domain_name(longer).error().code, Code::too_long);
}

}  // namespace
}  // namespace persist::record
