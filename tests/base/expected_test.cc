#include "base/expected.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace persist {
namespace {

enum class Fault { first, second };
using Number = Expected<int, Fault>;

Number half(int number) {
  if (number % 2 != 0) return Unexpected(Fault::second);
  return number / 2;
}

TEST(Expected, HoldsTheValueOrTheError) {
  const Number value = half(8);
  ASSERT_TRUE(value.has_value());
  EXPECT_TRUE(static_cast<bool>(value));
  EXPECT_EQ(*value, 4);
  EXPECT_EQ(value.value(), 4);

  const Number error = half(7);
  ASSERT_FALSE(error.has_value());
  EXPECT_FALSE(static_cast<bool>(error));
  EXPECT_EQ(error.error(), Fault::second);
}

TEST(Expected, TellsEqualTypesApart) {
  using Text = Expected<std::string, std::string>;
  const Text value = std::string("same");
  const Text error = Unexpected(std::string("same"));
  EXPECT_TRUE(value.has_value());
  EXPECT_FALSE(error.has_value());
  EXPECT_NE(value, error);
}

TEST(Expected, ComparesByContent) {
  EXPECT_EQ(half(8), Number(4));
  EXPECT_NE(half(8), Number(5));
  EXPECT_EQ(half(7), Number(Unexpected(Fault::second)));
  EXPECT_NE(half(7), Number(Unexpected(Fault::first)));
  EXPECT_NE(half(7), half(8));
}

TEST(Expected, DefaultIsTheDefaultValue) {
  EXPECT_EQ((Expected<int, Fault>()), Number(0));
}

TEST(Expected, CarriesWhatCanOnlyBeMoved) {
  using Owner = Expected<std::unique_ptr<int>, Fault>;
  Owner owner = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = *std::move(owner);
  EXPECT_EQ(*taken, 7);
}

TEST(Expected, LetsValueAndErrorBeChanged) {
  Expected<std::string, std::string> text = std::string("a");
  text->append("b");
  *text += "c";
  text.value() += "d";
  EXPECT_EQ(*text, "abcd");
  text = Unexpected(std::string("e"));
  text.error() += "f";
  EXPECT_EQ(text.error(), "ef");
}

TEST(Expected, ConvertsTheErrorOnTheWay) {
  const Expected<int, std::string> error = Unexpected("text");
  EXPECT_EQ(error.error(), "text");
}

constexpr const char* bug = "internal error: an Expected was asked for what it does not hold";

TEST(ExpectedDeathTest, ValueOfAnErrorEndsTheProgram) {
  const Number error = half(7);
  EXPECT_DEATH(static_cast<void>(error.value()), bug);
  EXPECT_DEATH(static_cast<void>(*error), bug);
  EXPECT_DEATH(static_cast<void>(*half(7)), bug);
}

TEST(ExpectedDeathTest, ErrorOfAValueEndsTheProgram) {
  const Number value = half(8);
  EXPECT_DEATH(static_cast<void>(value.error()), bug);
}

}  // namespace
}  // namespace persist
