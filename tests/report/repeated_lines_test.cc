#include "report/repeated_lines.h"

#include <gtest/gtest.h>

#include <string>

namespace persist::report {
namespace {

std::string name_of(int i) {
  return "host" + std::to_string(i) + ".example";
}

TEST(L03_RepeatedLines, ShowsTwentyOfAKind) {
  RepeatedLines lines;
  int shown = 0;
  for (int i = 0; i < 1000; ++i) {
    shown +=
        lines.admit("no answer for _validation-persist." + name_of(i) + ": timed out", name_of(i));
  }
  EXPECT_EQ(shown, 20);
  ASSERT_EQ(lines.kinds().size(), 1U);
  EXPECT_EQ(lines.kinds()[0].message, "no answer for _validation-persist.NAME: timed out");
  EXPECT_EQ(lines.kinds()[0].left_out(), 980U);
}

TEST(L03_RepeatedLines, ShowsAsManyAsIsSaid) {
  RepeatedLines lines(1);
  EXPECT_TRUE(lines.admit("a", {}));
  EXPECT_TRUE(lines.admit("b", {}));
  EXPECT_FALSE(lines.admit("a", {}));
  EXPECT_EQ(lines.kinds()[0].left_out(), 1U);
}

TEST(L03_RepeatedLines, KeepsKindsApart) {
  RepeatedLines lines;
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(lines.admit("timed out", name_of(i)));
    EXPECT_TRUE(lines.admit("SERVFAIL", name_of(i)));
  }
  EXPECT_FALSE(lines.admit("SERVFAIL", "x.example"));
  EXPECT_EQ(lines.kinds()[0].left_out(), 0U);
  EXPECT_EQ(lines.kinds()[1].left_out(), 1U);
}

TEST(L03_RepeatedLines, ReplacesWholeNamesOnly) {
  RepeatedLines lines;
  lines.admit("a, ba, a-b, _v.a: a.b a", "a");
  EXPECT_EQ(lines.kinds()[0].message, "NAME, ba, a-b, _v.NAME: NAME.b NAME");
}

TEST(L03_RepeatedLines, KeepsAtMostFiftyKindsAndTheRest) {
  RepeatedLines lines;
  int shown = 0;
  for (int i = 0; i < 100'000; ++i) shown += lines.admit("alias to " + name_of(i), "a.example");
  EXPECT_EQ(shown, 70);
  ASSERT_EQ(lines.kinds().size(), 51U);
  EXPECT_EQ(lines.kinds().back().message, "");
  EXPECT_EQ(lines.kinds().back().left_out(), 100'000U - 70);
}

TEST(L03_RepeatedLines, AnEmptyMessageIsOfTheOtherKinds) {
  RepeatedLines lines;
  EXPECT_TRUE(lines.admit("", "a.example"));
  for (int i = 0; i < 100; ++i) lines.admit(name_of(i), "a.example");
  EXPECT_EQ(lines.kinds().size(), 51U);
}

}  // namespace
}  // namespace persist::report
