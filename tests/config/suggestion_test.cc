#include "config/suggestion.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace persist::config {
namespace {

constexpr std::array<std::string_view, 4> known{"name", "wildcard", "persist_until", "ca"};

struct Case {
  std::string name;
  std::string text;
  std::string hint;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string all = "known here: name, wildcard, persist_until, ca";

const Case cases[] = {
    {"letters_swapped", "wildcrad", "did you mean \"wildcard\"?"},
    {"letter_missing", "wildcar", "did you mean \"wildcard\"?"},
    {"two_letters_wrong", "wxldcaxd", "did you mean \"wildcard\"?"},
    {"three_letters_wrong", "wxldxaxd", all},
    {"capitals", "NAME", "did you mean \"name\"?"},
    {"hyphen", "persist-until", "did you mean \"persist_until\"?"},
    {"plural", "names", "did you mean \"name\"?"},
    {"short_word_one_wrong", "cs", "did you mean \"ca\"?"},
    {"short_word_two_wrong", "xy", all},
    {"empty", "", all},
    {"long", std::string(10'000, 'a'), all},
};

class Suggestion : public testing::TestWithParam<Case> {};
TEST_P(Suggestion, IsTheClosestWord) {
  EXPECT_EQ(suggest(GetParam().text, known), GetParam().hint);
}
INSTANTIATE_TEST_SUITE_P(Table, Suggestion, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Suggestion, IsEmptyWhereNothingIsKnown) {
  EXPECT_EQ(suggest("name", {}), "");
}

TEST(Suggestion, ListsTwelveWords) {
  const std::vector<std::string_view> words(13, "word");
  EXPECT_EQ(
      suggest("nothing-like-it", words),
      "known here: word, word, word, word, word, word, word, word, word, word, word, word, ...");
}

TEST(Suggestion, EscapesWords) {
  const std::array<std::string_view, 1> words{"\x1B[2J"};
  EXPECT_EQ(suggest("nothing-like-it", words), "known here: \\x1b[2J");
}

}  // namespace
}  // namespace persist::config
