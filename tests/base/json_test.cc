// A09: what a hostile or broken server, or a broken file, may hold in the place of a JSON object.
#include "base/json.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace persist {
namespace {

using namespace std::string_view_literals;

struct Case {
  std::string name;
  std::string text;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

std::string repeated(std::size_t count, std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

/// An object that holds arrays in arrays; `levels` counts the object too.
std::string nested(std::size_t levels) {
  return R"({"a":)" + repeated(levels - 1, "[") + repeated(levels - 1, "]") + "}";
}

std::string nested_objects(std::size_t levels) {
  return repeated(levels, R"({"a":)") + "1" + repeated(levels, "}");
}

std::string of_size(std::size_t octets) {
  return "{" + std::string(octets - 2, ' ') + "}";
}

std::string many_members(std::size_t count) {
  std::string text = "{";
  for (std::size_t i = 0; i < count; ++i) text += "\"" + std::to_string(i) + "\":0,";
  return text + R"("last":0})";
}

const Case cases[] = {
    {"empty_object", "{}", "read"},
    {"white_space_round_it", " \t\r\n{}\n", "read"},
    {"every_kind_of_value", R"({"a":null,"b":true,"c":-1.5e3,"d":"x","e":[],"f":{}})", "read"},
    {"proto_is_a_name_like_others", R"({"__proto__":{"status":"valid"}})", "read"},
    {"nul_in_a_string", R"({"a":"\u0000"})", "read"},
    {"pair_of_surrogates", R"({"a":"\ud83d\ude00"})", "read"},
    {"same_name_in_two_objects", R"({"a":{"b":1},"c":{"b":1}})", "read"},
    {"names_differ_in_case", R"({"a":1,"A":1})", "read"},
    {"five_thousand_members", many_members(5'000), "read"},
    {"deepest", nested(deepest_nesting), "read"},
    {"deepest_objects", nested_objects(deepest_nesting), "read"},
    {"largest", of_size(largest_document_octets), "read"},

    {"nothing", "", "not-json"},
    {"only_white_space", " \n", "not-json"},
    {"html", "<!DOCTYPE html><title>502</title>", "not-json"},
    {"cut_in_object", R"({"a":1)", "not-json"},
    {"cut_in_string", R"({"a":"b)", "not-json"},
    {"cut_in_escape", R"({"a":"\u00)", "not-json"},
    {"text_behind", "{}{}", "not-json"},
    {"nul_behind", std::string("{}\0"sv), "not-json"},
    {"hidden_behind_nul", std::string("{}\0,\"a\":1}"sv), "not-json"},
    {"nul_between", std::string("{\"a\":\0 1}"sv), "not-json"},
    {"comma_too_many", R"({"a":1,})", "not-json"},
    {"name_without_quotes", "{a:1}", "not-json"},
    {"single_quotes", "{'a':1}", "not-json"},
    {"comment", "{/* */}", "not-json"},
    {"not_a_number", R"({"a":NaN})", "not-json"},
    {"leading_zero", R"({"a":01})", "not-json"},
    {"number_out_of_range", R"({"a":1e999})", "not-json"},
    {"line_break_in_string", "{\"a\":\"\n\"}", "not-json"},
    {"lone_high_surrogate", R"({"a":"\ud800"})", "not-json"},
    {"lone_low_surrogate", R"({"a":"\udc00"})", "not-json"},
    {"byte_order_mark", "\xEF\xBB\xBF{}", "not-json"},
    {"utf_16", std::string("\xFF\xFE{\0}\0"sv), "not-json"},
    {"latin_1", "{\"a\":\"b\xFC\"}", "not-json"},
    {"latin_1_in_a_name", "{\"b\xFC\":1}", "not-json"},
    {"overlong_form", "{\"a\":\"\xC0\xAF\"}", "not-json"},
    {"surrogate_in_utf_8", "{\"a\":\"\xED\xA0\x80\"}", "not-json"},
    {"above_unicode", "{\"a\":\"\xF4\x90\x80\x80\"}", "not-json"},

    {"array", R"([{"type":"dns-persist-01"}])", "not-an-object"},
    {"string", R"("dns-persist-01")", "not-an-object"},
    {"number", "1", "not-an-object"},
    {"null", "null", "not-an-object"},
    {"true_word", "true", "not-an-object"},

    {"same_name_twice", R"({"a":1,"b":2,"a":1})", "duplicate-member a"},
    {"same_name_escaped", R"({"a":1,"\u0061":1})", "duplicate-member a"},
    {"empty_name_twice", R"({"":1,"":1})", "duplicate-member"},
    {"same_name_twice_deep_down", R"({"x":[{"a":1,"a":2}]})", "duplicate-member a"},
    {"one_level_too_deep", nested(deepest_nesting + 1), "too-deep"},
    {"one_object_too_deep", nested_objects(deepest_nesting + 1), "too-deep"},
    {"sixty_thousand_brackets", repeated(60'000, "["), "too-deep"},
    {"one_octet_too_many", of_size(largest_document_octets + 1), "too-large"},
    {"hundred_thousand_brackets", repeated(100'000, "["), "too-large"},
};

/// `read`, or the error and its member.
std::string outcome(std::string_view text) {
  const auto read = parse_json_object(text);
  if (read) return "read";
  switch (read.error().code) {
    case JsonErrorCode::too_large:
      return "too-large";
    case JsonErrorCode::not_json:
      return "not-json";
    case JsonErrorCode::too_deep:
      return "too-deep";
    case JsonErrorCode::not_an_object:
      return "not-an-object";
    case JsonErrorCode::duplicate_member:
      break;
  }
  const std::string& member = read.error().member;
  return member.empty() ? "duplicate-member" : "duplicate-member " + member;
}

class JsonText : public testing::TestWithParam<Case> {};

TEST_P(JsonText, A09_IsReadOrRefused) {
  EXPECT_EQ(outcome(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, JsonText, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(JsonValue, HoldsWhatWasWritten) {
  const auto object =
      parse_json_object(R"({"text":"a\u0000\u00fc","list":["x",7,[]],"yes":true,"no":false})");
  ASSERT_TRUE(object.has_value());
  EXPECT_EQ(object->find("text")->text, "a\0ü"sv);
  const JsonValue& list = *object->find("list");
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(list.items[0].text, "x");
  EXPECT_EQ(list.items[1].kind, JsonKind::number);
  EXPECT_EQ(list.items[2].kind, JsonKind::array);
  EXPECT_TRUE(object->find("yes")->truth);
  EXPECT_EQ(object->find("no")->kind, JsonKind::boolean);
  EXPECT_FALSE(object->find("no")->truth);
  EXPECT_EQ(object->find("absent"), nullptr);
  EXPECT_EQ(list.find("x"), nullptr);
}

}  // namespace
}  // namespace persist
