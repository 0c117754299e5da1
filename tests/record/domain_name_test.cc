#include "record/domain_name.h"

#include <gtest/gtest.h>

#include <string>

namespace persist::record {
namespace {

using Code = NameErrorCode;

struct GoodCase {
  std::string name;
  std::string text;
  std::string want;
  friend void PrintTo(const GoodCase& row, std::ostream* out) { *out << row.name; }
};

std::string octets(std::size_t count, char c = 'a') {
  return std::string(count, c);
}

/// Labels of 63, 63, 63 and `last` octets.
std::string long_name(std::size_t last) {
  return octets(63) + "." + octets(63, 'b') + "." + octets(63, 'c') + "." + octets(last, 'd');
}

const GoodCase good_cases[] = {
    {"plain", "example.com", "example.com"},
    {"capitals", "EXAMPLE.Com", "example.com"},
    {"final_dot", "example.com.", "example.com"},
    {"capitals_and_final_dot", "EXAMPLE.com.", "example.com"},
    {"single_label", "localhost", "localhost"},
    {"underscore_label", "_dmarc.example.com", "_dmarc.example.com"},
    {"underscore_inside", "a_b.example.com", "a_b.example.com"},
    {"digit_first", "3com.com", "3com.com"},
    {"digits_but_last_label", "1.2.3.example", "1.2.3.example"},
    {"reverse_zone", "1.2.0.192.in-addr.arpa", "1.2.0.192.in-addr.arpa"},
    {"inner_hyphens", "a--b.example", "a--b.example"},
    {"a_label", "xn--bcher-kva.example", "xn--bcher-kva.example"},
    {"a_label_in_capitals", "XN--BCHER-KVA.example", "xn--bcher-kva.example"},
    {"a_label_of_an_emoji", "xn--ls8h.example", "xn--ls8h.example"},
    {"a_label_of_a_control_character", "xn--a.example", "xn--a.example"},
    {"u_label", "münchen.example", "xn--mnchen-3ya.example"},
    {"u_label_in_capitals", "BÜCHER.example", "xn--bcher-kva.example"},
    {"u_label_decomposed", "mu\u0308nchen.example", "xn--mnchen-3ya.example"},
    {"u_label_of_one_letter", "ünicode-example.com", "xn--nicode-example-fsb.com"},
    {"u_label_of_two_letters", "üñicode-example.com", "xn--icode-example-hkb8n.com"},
    {"u_label_folded_and_dotted", "üÑICODE-example.com.", "xn--icode-example-hkb8n.com"},
    {"sharp_s_is_a_letter", "straße.example", "xn--strae-oqa.example"},
    {"u_and_a_labels", "xn--mnchen-3ya.ü", "xn--mnchen-3ya.xn--tda"},
    {"ideographic_dot", "example\u3002com", "example.com"},
    {"ideographic_final_dot", "ü\u3002", "xn--tda"},
    {"full_width", "ｅｘａｍｐｌｅ.com", "example.com"},
    {"zero_width_is_dropped", "ex\u200B\u00ADample.com", "example.com"},
    {"label_of_63", octets(63) + ".com", octets(63) + ".com"},
    {"name_of_253", long_name(61), long_name(61)},
    {"name_of_253_and_a_dot", long_name(61) + ".", long_name(61)},
};

class GoodName : public testing::TestWithParam<GoodCase> {};

TEST_P(GoodName, Y15_IsNormalised) {
  const auto name = DomainName::parse(GetParam().text);
  ASSERT_TRUE(name.has_value()) << static_cast<int>(name.error().code);
  EXPECT_EQ(name->text(), GetParam().want);
}

TEST_P(GoodName, IsItsOwnNormalForm) {
  const auto again = DomainName::parse(GetParam().want);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->text(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, GoodName, testing::ValuesIn(good_cases),
                         [](const auto& row) { return row.param.name; });

struct BadCase {
  std::string name;
  std::string text;
  NameError want;
  friend void PrintTo(const BadCase& row, std::ostream* out) { *out << row.name; }
};

const BadCase bad_cases[] = {
    {"empty", "", {Code::empty, 0}},
    {"dot", ".", {Code::empty, 0}},
    {"two_dots", "..", {Code::empty_label, 0}},
    {"leading_dot", ".example.com", {Code::empty_label, 0}},
    {"empty_label", "a..b", {Code::empty_label, 2}},
    {"two_final_dots", "example.com..", {Code::empty_label, 12}},
    {"empty_label_before_u_label", "a..ü", {Code::empty_label, 2}},
    {"empty_label_behind_u_label", "ü..x", {Code::empty_label, 3}},
    {"label_of_64", octets(64) + ".com", {Code::label_too_long, 0}},
    {"second_label_of_64", "a." + octets(64), {Code::label_too_long, 2}},
    {"name_of_254", long_name(62), {Code::too_long, 0}},
    {"huge", octets(100'000), {Code::too_long, 0}},
    {"huge_with_u_label", "ü." + octets(100'000), {Code::too_long, 0}},
    {"star", "*", {Code::misplaced_star, 0}},
    {"star_label", "*.example.com", {Code::misplaced_star, 0}},
    {"star_inside", "a.*.b", {Code::misplaced_star, 2}},
    {"star_in_label", "a*.example.com", {Code::misplaced_star, 1}},
    {"star_in_u_label", "ü*.example.com", {Code::misplaced_star, 2}},
    {"hyphen_first", "a.-b.c", {Code::hyphen_at_edge, 2}},
    {"hyphen_last", "a-.c", {Code::hyphen_at_edge, 0}},
    {"hyphen_alone", "-", {Code::hyphen_at_edge, 0}},
    {"port", "example.com:443", {Code::bad_character, 11}},
    {"port_behind_hex_digits", "cafe.de:443", {Code::bad_character, 7}},
    {"port_behind_u_label", "ü:443", {Code::bad_character, 2}},
    {"url", "https://example.com/", {Code::bad_character, 5}},
    {"url_with_u_label", "http://ü.example/", {Code::bad_character, 4}},
    {"mail_address", "admin@example.com", {Code::bad_character, 5}},
    {"blank_before", " example.com", {Code::bad_character, 0}},
    {"blank_behind", "example.com ", {Code::bad_character, 11}},
    {"blank_in_u_label", "ü cher.example", {Code::bad_character, 2}},
    {"line_feed_behind", "example.com\n", {Code::bad_character, 11}},
    {"tab", "a\tb.example", {Code::bad_character, 1}},
    {"nul_behind", std::string("example.com\0", 12), {Code::bad_character, 11}},
    {"nul_hides_text", std::string("ü.example\0.com", 15), {Code::bad_character, 10}},
    {"nul_alone", std::string("\0", 1), {Code::bad_character, 0}},
    {"backslash", "a\\.b.example", {Code::bad_character, 1}},
    {"two_names", "a.example,b.example", {Code::bad_character, 9}},
    {"ipv4", "192.0.2.1", {Code::ip_address, 0}},
    {"ipv4_and_dot", "192.0.2.1.", {Code::ip_address, 0}},
    {"ipv4_full_width", "１.2.3.4", {Code::ip_address, 0}},
    {"number", "12345", {Code::ip_address, 0}},
    {"ends_in_a_number", "example.1", {Code::ip_address, 0}},
    {"ipv6", "2001:db8::1", {Code::ip_address, 0}},
    {"ipv6_any", "::", {Code::ip_address, 0}},
    {"ipv6_with_ipv4", "::ffff:192.0.2.1", {Code::ip_address, 0}},
    {"ipv6_in_brackets", "[2001:db8::1]", {Code::bad_character, 0}},
    {"latin_1",
     "b\xFC"
     "cher.example",
     {Code::not_idna, 0}},
    {"overlong_slash", "\xC0\xAF.example", {Code::not_idna, 0}},
    {"surrogate", "\xED\xA0\x80.example", {Code::not_idna, 0}},
    {"emoji", "\U0001F512.example", {Code::not_idna, 0}},
    {"right_to_left_override",
     "\u202E"
     "a.com",
     {Code::not_idna, 0}},
    {"combining_mark_first", "\u0300a.example", {Code::not_idna, 0}},
    {"a_label_is_no_punycode", "www.xn--0.example", {Code::not_idna, 4}},
    {"a_label_in_capitals_is_no_punycode", "XN--0.example", {Code::not_idna, 0}},
    {"a_label_overflows", "xn--99999999.example", {Code::not_idna, 0}},
    {"a_label_is_not_in_nfc",
     "xn--109-3veba6djs1bfxlfmx6c9g.xn--f1awi.xn--p1ai",
     {Code::not_idna, 0}},
    {"hyphens_in_third_and_fourth_place", "ab--ü.example", {Code::not_idna, 0}},
    {"broken_a_label_beside_u_label", "xn--a.ü", {Code::not_idna, 0}},
    {"nothing_but_soft_hyphen", "\u00AD", {Code::empty, 0}},
    {"ideographic_dot_alone", "\u3002", {Code::empty, 0}},
    {"u_label_too_long", "ü" + octets(60) + ".example", {Code::label_too_long, 0}},
};

class BadName : public testing::TestWithParam<BadCase> {};

TEST_P(BadName, Y15_IsRefusedAtItsPlace) {
  const auto name = DomainName::parse(GetParam().text);
  ASSERT_FALSE(name.has_value()) << name->text();
  EXPECT_EQ(name.error().code, GetParam().want.code);
  EXPECT_EQ(name.error().offset, GetParam().want.offset);
}

INSTANTIATE_TEST_SUITE_P(Table, BadName, testing::ValuesIn(bad_cases),
                         [](const auto& row) { return row.param.name; });

DomainName name(std::string_view text) {
  return *DomainName::parse(text);
}

TEST(DomainName, LiesBelowOnLabelBorders) {
  EXPECT_TRUE(name("example.com").is_same_or_below(name("example.com")));
  EXPECT_TRUE(name("www.example.com").is_same_or_below(name("example.com")));
  EXPECT_TRUE(name("a.b.example.com").is_same_or_below(name("com")));
  EXPECT_FALSE(name("otherexample.com").is_same_or_below(name("example.com")));
  EXPECT_FALSE(name("example.com").is_same_or_below(name("www.example.com")));
  EXPECT_FALSE(name("example.com.org").is_same_or_below(name("example.com")));
}

TEST(DomainName, ParentLosesTheFirstLabel) {
  EXPECT_EQ(name("a.b.example").parent(), name("b.example"));
  EXPECT_EQ(name("example").parent(), std::nullopt);
}

TEST(DomainName, ComparesNormalised) {
  EXPECT_EQ(name("EXAMPLE.com."), name("example.COM"));
  EXPECT_EQ(name("BÜCHER.example"), name("xn--bcher-kva.example"));
  EXPECT_NE(name("example.com"), name("example.org"));
  EXPECT_LT(name("a.example"), name("b.example"));
}

/// With a final dot a name is never in its final form, and so is read the long way.
TEST(DomainName, IsReadTheSameInBothWays) {
  const std::string octets = "xn-.1A_*";
  constexpr std::size_t longest = 6;
  int names = 0;
  for (std::size_t size = 1; size <= longest; ++size) {
    std::size_t count = 1;
    for (std::size_t i = 0; i < size; ++i) count *= octets.size();
    for (std::size_t number = 0; number < count; ++number) {
      std::string text;
      for (std::size_t rest = number; text.size() < size; rest /= octets.size())
        text += octets[rest % octets.size()];
      if (text.back() == '.') continue;
      const auto name = DomainName::parse(text);
      ASSERT_EQ(name, DomainName::parse(text + ".")) << text;
      if (name) ++names;
    }
  }
  EXPECT_GT(names, 10'000);
}

}  // namespace
}  // namespace persist::record
