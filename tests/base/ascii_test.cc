#include "base/ascii.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace persist {
namespace {

using testing::ElementsAre;

/// All 256 octets in order.
std::string all_octets() {
  std::string octets;
  for (int c = 0; c < 256; ++c) octets += static_cast<char>(c);
  return octets;
}

template <typename Predicate>
std::string those_that(Predicate holds) {
  std::string octets;
  for (const char c : all_octets()) {
    if (holds(c)) octets += c;
  }
  return octets;
}

TEST(Ascii, ClassesHoldExactlyTheirOctets) {
  const std::string digits = "0123456789";
  const std::string upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::string lower = "abcdefghijklmnopqrstuvwxyz";
  EXPECT_EQ(those_that(is_digit), digits);
  EXPECT_EQ(those_that(is_upper), upper);
  EXPECT_EQ(those_that(is_alphanumeric), digits + upper + lower);
  EXPECT_EQ(those_that(is_blank), "\t ");
}

TEST(Ascii, LowerCaseChangesCapitalsOnly) {
  std::string want = all_octets();
  for (char c = 'A'; c <= 'Z'; ++c) want[static_cast<std::size_t>(c)] = static_cast<char>(c + 32);
  EXPECT_EQ(to_lower(all_octets()), want);
}

TEST(Ascii, ComparesWithoutCase) {
  EXPECT_TRUE(equals_ignoring_case("persistUntil", "PERSISTuntil"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("policy", "polic"));
  EXPECT_FALSE(equals_ignoring_case("[", "{")) << "32 apart, but no letters";
  EXPECT_FALSE(equals_ignoring_case("\xC3\x84", "\xC3\xA4")) << "no Unicode folding";
  EXPECT_FALSE(equals_ignoring_case(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

TEST(Ascii, TrimsBlanksAndTabsOnly) {
  EXPECT_EQ(trim(" \t a b \t"), "a b");
  EXPECT_EQ(trim("\n a \r"), "\n a \r");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(std::string_view("\0 ", 2)), std::string_view("\0", 1));
}

TEST(Ascii, TrimmedViewPointsIntoTheText) {
  const std::string_view text = "   ";
  EXPECT_EQ(trim(text).data(), text.data() + 3);
}

TEST(Ascii, SplitsIntoOnePieceMoreThanSeparators) {
  EXPECT_THAT(split("a;b", ';'), ElementsAre("a", "b"));
  EXPECT_THAT(split(";a;;", ';'), ElementsAre("", "a", "", ""));
  EXPECT_THAT(split("a", ';'), ElementsAre("a"));
  EXPECT_THAT(split("", ';'), ElementsAre(""));
}

TEST(Ascii, Contains) {
  EXPECT_TRUE(contains("abc", "bc"));
  EXPECT_TRUE(contains("abc", ""));
  EXPECT_FALSE(contains("abc", "cb"));
  EXPECT_TRUE(contains(std::string_view("a\0b", 3), "b"));
}

}  // namespace
}  // namespace persist
