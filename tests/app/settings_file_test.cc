// Options given in the settings file.
#include <gmock/gmock.h>

#include "told_options.h"

namespace persist::app {
namespace {

using ::testing::IsEmpty;

TEST(SettingsFile, IsRead) {
  Told told;
  const auto values = parse_settings(
      rows_for(told), "/etc/x.yaml",
      "# ours\naccount-url: https://a\nissuer: [a.example, b.example]\nquiet: true\n");
  ASSERT_TRUE(values) << values.error().message;
  EXPECT_EQ(*values, (Values{{"account-url", {"https://a"}},
                             {"issuer", {"a.example", "b.example"}},
                             {"quiet", {"true"}}}));
}

TEST(SettingsFile, MayGroupSettings) {
  Told told;
  const auto values = parse_settings(rows_for(told), "/etc/x.yaml", "account: {url: https://a}\n");
  ASSERT_TRUE(values) << values.error().message;
  EXPECT_EQ(*values, (Values{{"account-url", {"https://a"}}}));
}

TEST(SettingsFile, MayBeEmpty) {
  Told told;
  const auto values = parse_settings(rows_for(told), "/etc/x.yaml", "# nothing yet\n");
  ASSERT_TRUE(values) << values.error().message;
  EXPECT_THAT(*values, IsEmpty());
}

struct BadSettings {
  std::string name;
  std::string text;
  std::string message;
  friend void PrintTo(const BadSettings& row, std::ostream* out) { *out << row.name; }
};

const BadSettings bad_settings[] = {
    {"unknown", "quiet: true\naccount_url: https://a\n",
     "/etc/x.yaml:2:1: unknown setting \"account_url\""},
    {"not_from_a_file", "now: 0\n", "/etc/x.yaml:1:1: unknown setting \"now\""},
    {"list_for_a_single_value", "account-url: [a, b]\n",
     "/etc/x.yaml:1:1: account-url takes one value"},
    {"empty_list_for_a_single_value", "account-url: []\n",
     "/etc/x.yaml:1:14: account-url: expected a text or a list of texts, found an empty list"},
    {"value_missing", "account-url:\n",
     "/etc/x.yaml:1:1: account-url: expected a text, found nothing"},
    {"group_of_none", "account-url: {a: b}\n",
     "/etc/x.yaml:1:15: unknown setting \"account-url-a\""},
    {"group_in_a_group", "account: {url: {a: b}}\n",
     "/etc/x.yaml:1:16: url: expected a text, found a map"},
    {"group_and_the_same_alone", "account: {url: https://a}\naccount-url: https://b\n",
     "/etc/x.yaml:2:1: account-url is given twice"},
    {"Y05_twice", "quiet: true\nquiet: true\n",
     "/etc/x.yaml:2:1: duplicate key \"quiet\", first on line 1"},
    {"Y01_alias", "issuer: &a [x]\n", "/etc/x.yaml:1:9: anchors are not supported"},
    {"list_at_the_root", "- quiet\n", "/etc/x.yaml:1:1: expected a map of settings, found a list"},
    {"text_at_the_root", "quiet\n", "/etc/x.yaml:1:1: expected a map of settings, found \"quiet\""},
    {"broken_yaml", "issuer: [a\n", "/etc/x.yaml:1:9: this \"[\" is not closed"},
};

class BadSettingsFile : public ::testing::TestWithParam<BadSettings> {};

TEST_P(BadSettingsFile, IsRefusedWithItsPlace) {
  Told told;
  const auto values = parse_settings(rows_for(told), "/etc/x.yaml", GetParam().text);
  ASSERT_FALSE(values);
  EXPECT_EQ(values.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Table, BadSettingsFile, ::testing::ValuesIn(bad_settings),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::app
