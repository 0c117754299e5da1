#include "record/issue_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace persist::record {
namespace {

using Code = SyntaxErrorCode;
using testing::ElementsAre;

struct GoodCase {
  std::string name;
  std::string text;
  IssueValue want;
  friend void PrintTo(const GoodCase& row, std::ostream* out) { *out << row.name; }
};

const IssueValue one_parameter{"ca.example", {{"a", "b"}}};

const GoodCase good_cases[] = {
    {"empty", "", {""}},
    {"blanks_only", " \t ", {""}},
    {"semicolon_only", ";", {""}},
    {"blanks_and_semicolon", " ; ", {""}},
    {"issuer_only", "ca.example", {"ca.example"}},
    {"issuer_and_semicolon", "ca.example;", {"ca.example"}},
    {"issuer_semicolon_blank", "ca.example; \t", {"ca.example"}},
    {"issuer_of_one_label", "localhost", {"localhost"}},
    {"issuer_keeps_capitals", "CA.Example", {"CA.Example"}},
    {"issuer_of_digits", "1.2.3.4", {"1.2.3.4"}},
    {"issuer_with_inner_hyphens", "a--b.c-d", {"a--b.c-d"}},
    {"no_issuer", "; a=b", {"", {{"a", "b"}}}},
    {"no_blanks", "ca.example;a=b", one_parameter},
    {"usual", "ca.example; a=b", one_parameter},
    {"blanks_everywhere", " ca.example ; a = b ", one_parameter},
    {"tabs_everywhere", "\tca.example\t;\ta\t=\tb\t", one_parameter},
    {"two_parameters", "ca.example; a=b; c=d", {"ca.example", {{"a", "b"}, {"c", "d"}}}},
    {"order_is_kept", "ca.example; c=d; a=b", {"ca.example", {{"c", "d"}, {"a", "b"}}}},
    {"duplicates_are_kept", "ca.example; a=b; a=b", {"ca.example", {{"a", "b"}, {"a", "b"}}}},
    {"empty_value", "ca.example; a=", {"ca.example", {{"a", ""}}}},
    {"empty_value_between", "ca.example; a= ; c=d", {"ca.example", {{"a", ""}, {"c", "d"}}}},
    {"equals_in_value", "ca.example; a==b=c=", {"ca.example", {{"a", "=b=c="}}}},
    {"quotes_and_backslashes", R"(ca.example; a="b\c")", {"ca.example", {{"a", R"("b\c")"}}}},
    {"ends_of_the_value_range", "ca.example; a=!:<~", {"ca.example", {{"a", "!:<~"}}}},
    {"tag_keeps_case", "ca.example; aB=c", {"ca.example", {{"aB", "c"}}}},
    {"tag_of_digits_and_hyphens", "ca.example; 1-2--3=c", {"ca.example", {{"1-2--3", "c"}}}},
};

class GoodValue : public testing::TestWithParam<GoodCase> {};

TEST_P(GoodValue, IsTakenApart) {
  const auto value = parse_issue_value(GetParam().text);
  ASSERT_TRUE(value.has_value()) << static_cast<int>(value.error().code);
  EXPECT_EQ(*value, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, GoodValue, testing::ValuesIn(good_cases),
                         [](const auto& row) { return row.param.name; });

struct BadCase {
  std::string name;
  std::string text;
  SyntaxError want;
  friend void PrintTo(const BadCase& row, std::ostream* out) { *out << row.name; }
};

const std::string ca = "ca.example";

const BadCase bad_cases[] = {
    {"semicolon_behind", "ca.example; a=b;", {Code::empty_parameter, 16, ca}},
    {"semicolon_and_blank_behind", "ca.example; a=b; ", {Code::empty_parameter, 17, ca}},
    {"two_semicolons", "ca.example;; a=b", {Code::empty_parameter, 11, ca}},
    {"two_semicolons_only", "ca.example;;", {Code::empty_parameter, 11, ca}},
    {"blank_between_semicolons", "ca.example; a=b; ;c=d", {Code::empty_parameter, 17, ca}},
    {"no_equals", "ca.example; a", {Code::missing_equals, 12, ca}},
    {"no_equals_second", "ca.example; a=b; c", {Code::missing_equals, 17, ca}},
    {"no_tag", "ca.example; =b", {Code::empty_tag, 12, ca}},
    {"blank_for_a_tag", "ca.example;  = b", {Code::empty_tag, 13, ca}},
    {"underscore_in_tag", "ca.example; a_b=c", {Code::bad_tag, 12, ca}},
    {"blank_in_tag", "ca.example; a b=c", {Code::bad_tag, 12, ca}},
    {"hyphen_before_tag", "ca.example; -a=c", {Code::bad_tag, 12, ca}},
    {"hyphen_behind_tag", "ca.example; a-=c", {Code::bad_tag, 12, ca}},
    {"dot_in_tag", "ca.example; a.b=c", {Code::bad_tag, 12, ca}},
    {"kelvin_sign_in_tag", "ca.example; \u212A=c", {Code::bad_tag, 12, ca}},
    {"nul_in_tag", std::string("ca.example; a\0=c", 16), {Code::bad_tag, 12, ca}},
    {"blank_in_value", "ca.example; a=b c", {Code::bad_value, 15, ca}},
    {"tab_in_value", "ca.example; a=b\tc", {Code::bad_value, 15, ca}},
    {"no_semicolon_between", "ca.example; a=b c=d", {Code::bad_value, 15, ca}},
    {"delete_in_value", "ca.example; a=b\x7F", {Code::bad_value, 15, ca}},
    {"umlaut_in_value", "ca.example; a=bü", {Code::bad_value, 15, ca}},
    {"octet_255_in_value", "ca.example; a=\xFF", {Code::bad_value, 14, ca}},
    {"nul_in_value", std::string("ca.example; a=b\0c", 17), {Code::bad_value, 15, ca}},
    {"carriage_return_behind", "ca.example; a=b\r", {Code::bad_value, 15, ca}},
    {"line_feed_behind", "ca.example; a=b\n", {Code::bad_value, 15, ca}},
    {"vertical_tab", "ca.example; a=\vb", {Code::bad_value, 14, ca}},
    {"no_break_space",
     "ca.example; a=\u00A0"
     "b",
     {Code::bad_value, 14, ca}},
    {"first_fault_counts", "ca.example; a_b=c; d", {Code::bad_tag, 12, ca}},
    {"final_dot", "ca.example.; a=b", {Code::bad_issuer, 0, "ca.example."}},
    {"leading_dot", ".ca.example; a=b", {Code::bad_issuer, 0, ".ca.example"}},
    {"two_dots", "  ca..example; a=b", {Code::bad_issuer, 2, "ca..example"}},
    {"underscore_in_issuer", "c_a.example", {Code::bad_issuer, 0, "c_a.example"}},
    {"hyphen_before_issuer", "-ca.example", {Code::bad_issuer, 0, "-ca.example"}},
    {"hyphen_behind_label", "ca-.example", {Code::bad_issuer, 0, "ca-.example"}},
    {"u_label_issuer", "cä.example", {Code::bad_issuer, 0, "cä.example"}},
    {"blank_in_issuer", "ca .example", {Code::bad_issuer, 0, "ca .example"}},
    {"nul_behind_issuer",
     std::string("ca.example\0", 11),
     {Code::bad_issuer, 0, std::string("ca.example\0", 11)}},
    {"quotes_round_the_whole", "\"ca.example; a=b\"", {Code::bad_issuer, 0, "\"ca.example"}},
    {"no_issuer_before_equals", "a=b", {Code::bad_issuer, 0, "a=b"}},
    {"fault_without_issuer", "; a", {Code::missing_equals, 2, ""}},
};

class BadValue : public testing::TestWithParam<BadCase> {};

TEST_P(BadValue, TellsPlaceAndIssuer) {
  const auto value = parse_issue_value(GetParam().text);
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().code, GetParam().want.code);
  EXPECT_EQ(value.error().offset, GetParam().want.offset);
  EXPECT_EQ(value.error().issuer_domain_name, GetParam().want.issuer_domain_name);
}

INSTANTIATE_TEST_SUITE_P(Table, BadValue, testing::ValuesIn(bad_cases),
                         [](const auto& row) { return row.param.name; });

TEST(IssueValue, ValuesHoldExactlyTheGrammarsOctets) {
  for (int c = 0; c < 256; ++c) {
    const bool semicolon = c == ';';           // begins the next parameter
    const bool blank = c == ' ' || c == '\t';  // white space behind the value
    const bool want = (c >= 0x21 && c <= 0x7E && !semicolon) || blank;
    const auto value = parse_issue_value("ca.example; a=b" + std::string(1, static_cast<char>(c)));
    EXPECT_EQ(value.has_value(), want) << c;
  }
}

TEST(PieceReader, CutsWithoutJudging) {
  const std::string_view text = " c a ;x; = ; y = z=z ;";
  PieceReader pieces(text);
  EXPECT_EQ(pieces.issuer(), "c a");
  EXPECT_EQ(pieces.issuer_offset(), 1U);
  EXPECT_TRUE(pieces.has_semicolon());
  EXPECT_TRUE(pieces.has_pieces());
  const auto x = pieces.next();
  ASSERT_TRUE(x);
  EXPECT_FALSE(x->has_equals);
  EXPECT_EQ(x->tag, "x");
  EXPECT_EQ(x->value, "");
  const auto equals = pieces.next();
  ASSERT_TRUE(equals);
  EXPECT_TRUE(equals->has_equals);
  EXPECT_EQ(equals->tag, "");
  EXPECT_EQ(equals->value, "");
  const auto y = pieces.next();
  ASSERT_TRUE(y);
  EXPECT_EQ(y->text, "y = z=z");
  EXPECT_EQ(y->tag, "y");
  EXPECT_EQ(y->value, "z=z");
  EXPECT_EQ(text.substr(y->offset, 1), "y");
  EXPECT_EQ(text.substr(y->value_offset), "z=z ;");
  const auto last = pieces.next();
  ASSERT_TRUE(last);
  EXPECT_EQ(last->text, "");
  EXPECT_EQ(last->offset, text.size());
  EXPECT_FALSE(pieces.next());
  EXPECT_FALSE(pieces.next());
}

TEST(PieceReader, TellsSemicolonFromPieces) {
  EXPECT_FALSE(PieceReader("ca.example").has_semicolon());
  EXPECT_TRUE(PieceReader("ca.example;").has_semicolon());
  EXPECT_FALSE(PieceReader("ca.example; \t").has_pieces());
  EXPECT_FALSE(PieceReader("ca.example; \t").next());
  EXPECT_TRUE(PieceReader("ca.example;;").has_pieces());
}

TEST(PieceReader, WhiteSpaceIsThatOfTheReader) {
  const std::string_view text = "\x1Cx\n;\ra=b\x1F";
  EXPECT_EQ(PieceReader(text, WhiteSpace::java).issuer(), "x");
  EXPECT_EQ(PieceReader(text, WhiteSpace::java).next()->text, "a=b");
  EXPECT_EQ(PieceReader(text).issuer(), "\x1Cx\n");
  EXPECT_EQ(PieceReader(text).next()->text, "\ra=b\x1F");
}

TEST(IssuerDomainName, IsLabelsAndDots) {
  for (const char* good : {"a", "0", "a.b", "a-b.c", "A.B", "a--b"}) {
    EXPECT_TRUE(is_issuer_domain_name(good)) << good;
  }
  for (const char* bad : {"", ".", "a.", ".a", "a..b", "-a", "a-", "a.-b", "a_b", "a b", "ä"}) {
    EXPECT_FALSE(is_issuer_domain_name(bad)) << bad;
  }
}

}  // namespace
}  // namespace persist::record
