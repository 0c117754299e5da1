#include "report/json_writer.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "base/escape.h"

namespace persist::report {
namespace {

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

struct Case {
  std::string name;
  std::string text;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"empty", "", R"("")"},
    {"plain", "https://ca.example/acct/1; x=y", R"("https://ca.example/acct/1; x=y")"},
    {"quote_and_backslash", R"(a"b\c)", R"("a\"b\\c")"},
    {"nul", std::string("a\0b", 3), R"("a\u0000b")"},
    {"line_breaks", "a\r\nb", R"("a\u000d\u000ab")"},
    {"delete", "\x7f", R"("\u007f")"},
    {"c1_control", "\u009b", R"("\u009b")"},
    {"two_octets", "\u00e9", R"("\u00e9")"},
    {"three_octets", "\u202e\u2028\ufeff", R"("\u202e\u2028\ufeff")"},
    {"four_octets", "\U0001f600\U0010ffff", R"("\ud83d\ude00\udbff\udfff")"},
    {"no_utf8", "a\xff\\", R"("a\\xff\\\\")"},
    {"lone_surrogate", "\xed\xa0\x80", R"("\\xed\\xa0\\x80")"},
    {"cut_character", "caf\xc3", R"("caf\\xc3")"},
    {"S12_workflow_command", "::error::x", R"("\u003a:error\u003a:x")"},
    {"S12_three_colons", ":::", R"("\u003a\u003a:")"},
    {"S12_pipelines_command", "##vso[x]##[y]", R"("\u0023#vso[x]\u0023#[y]")"},
    {"colon_at_the_end", "a:", R"("a:")"},
};

class O04_JsonString : public testing::TestWithParam<Case> {};

TEST_P(O04_JsonString, IsWritten) {
  EXPECT_EQ(json_string(GetParam().text), GetParam().want);
}

TEST_P(O04_JsonString, IsReadBackByAnIndependentParser) {
  const std::string& text = GetParam().text;
  const auto value = nlohmann::json::parse(json_string(text)).get<std::string>();
  EXPECT_EQ(value, is_utf8(text) ? text : escape(text, text.size()));
}

INSTANTIATE_TEST_SUITE_P(Table, O04_JsonString, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(O04_JsonStrings, EveryCodePointComesBack) {
  for (std::uint32_t code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 61) {
    std::string text;
    const auto tail = [&](unsigned shift) {
      text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
    };
    if (code < 0x80) {
      text += static_cast<char>(code);
    } else if (code < 0x800) {
      text += static_cast<char>(0xC0U | (code >> 6U));
      tail(0);
    } else if (code < 0x10000) {
      text += static_cast<char>(0xE0U | (code >> 12U));
      tail(6);
      tail(0);
    } else {
      text += static_cast<char>(0xF0U | (code >> 18U));
      tail(12);
      tail(6);
      tail(0);
    }
    if (!is_utf8(text)) continue;  // surrogates
    ASSERT_EQ(nlohmann::json::parse(json_string(text)).get<std::string>(), text) << code;
  }
}

TEST(JsonWriter, SetsCommas) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.number("least", std::numeric_limits<std::int64_t>::min());
  json.flag("yes", true);
  json.flag("no", false);
  json.null("nothing");
  json.text_or_null("absent", {});
  json.text_or_null("present", "x,");
  json.begin_array("empty");
  json.end_array();
  json.begin_array("texts");
  json.text("[");
  json.text("{");
  json.hex(std::string_view("\0\xff;", 3));
  json.end_array();
  json.begin_object("labels");
  json.foreign_member("a\"b", "1:");
  json.foreign_member("c", "");
  json.end_object();
  json.end_object();
  EXPECT_EQ(
      out,
      R"({"least":-9223372036854775808,"yes":true,"no":false,"nothing":null,"absent":null,)"
      R"("present":"x,","empty":[],"texts":["[","{","00ff3b"],"labels":{"a\"b":"1:","c":""}})");
}

}  // namespace
}  // namespace persist::report
