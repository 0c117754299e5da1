// Texts in the languages of DNS tools.

#include "publish/text.h"

#include <gmock/gmock.h>

#include "publish/proposals.h"

namespace persist::testing {
namespace {

struct Case {
  std::string name, text, want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case hcl_cases[] = {
    {"empty", "", R"("")"},
    {"plain", "ca.example; accounturi=https://x/1", R"("ca.example; accounturi=https://x/1")"},
    {"quote", R"(a"b)", R"("a\"b")"},
    {"backslash", R"(a\b)", R"("a\\b")"},
    {"backslash_at_the_end", R"(a\)", R"("a\\")"},
    {"template", "${a}", R"("\u0024{a}")"},
    {"directive", "%{a}", R"("\u0025{a}")"},
    {"dollar_before_template", "$${a}", R"("$\u0024{a}")"},
    {"percent_before_directive", "%%{a}", R"("%\u0025{a}")"},
    {"dollar_alone", "$a%20$", R"("$a%20$")"},
    {"backslash_before_template", R"(\${a})", R"("\\\u0024{a}")"},
};

class HclString : public ::testing::TestWithParam<Case> {};

TEST_P(HclString, IsEscaped) {
  EXPECT_EQ(publish::hcl_string(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, HclString, ::testing::ValuesIn(hcl_cases),
                         [](const auto& row) { return row.param.name; });

const Case json_cases[] = {
    {"plain", "a; b=c", R"("a; b=c")"},
    {"quote_and_backslash", R"("\)", R"("\"\\")"},
    {"runner_command", "::error", R"("\u003a:error")"},
};

class JsonString : public ::testing::TestWithParam<Case> {};

TEST_P(JsonString, IsEscaped) {
  EXPECT_EQ(publish::json_string(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, JsonString, ::testing::ValuesIn(json_cases),
                         [](const auto& row) { return row.param.name; });

struct NameCase {
  std::string name, domain, zone, want;
  friend void PrintTo(const NameCase& row, std::ostream* out) { *out << row.name; }
};

const NameCase name_cases[] = {
    {"zone_itself", "example.com", "example.com", ""},
    {"one_label", "www.example.com", "example.com", "www"},
    {"two_labels", "a.b.example.com", "example.com", "a.b"},
    {"zone_below", "a.b.example.com", "b.example.com", "a"},
    {"single_label", "test", "test", ""},
};

class RelativeName : public ::testing::TestWithParam<NameCase> {};

TEST_P(RelativeName, IsWithoutTheZone) {
  EXPECT_EQ(publish::relative_name(name(GetParam().domain), name(GetParam().zone)),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, RelativeName, ::testing::ValuesIn(name_cases),
                         [](const auto& row) { return row.param.name; });

TEST(ZoneStrings, AreCutAt255OctetsOfTheValueNotOfItsEscapes) {
  EXPECT_EQ(
      publish::zone_strings({.value = std::string(254, '"') + "ab", .ca = ""}), "\"" + [] {
        std::string escaped;
        for (int i = 0; i < 254; ++i) escaped += "\\\"";
        return escaped;
      }() + "a\" \"b\"");
}

}  // namespace
}  // namespace persist::testing
