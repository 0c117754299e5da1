#include "record/persist_record.h"

#include <gtest/gtest.h>

#include <string>

namespace persist::record {
namespace {

using Code = SyntaxErrorCode;

const std::string ca = "ca.example";
const std::string account = "https://ca.example/acct/1";
const std::string start = "ca.example; accounturi=https://ca.example/acct/1";  // 48 octets

struct Case {
  std::string name;
  std::string text;
  Expected<PersistRecord, SyntaxError> want;
  ReadingRules rules{};
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

PersistRecord record(bool wildcard = false, std::optional<UnixTime> until = {}) {
  return {ca, account, wildcard, until};
}

Unexpected<SyntaxError> error(Code code, std::size_t offset, std::string issuer = ca) {
  return Unexpected(SyntaxError{code, offset, std::move(issuer)});
}

const Case meaning_cases[] = {
    {"plain", start, record()},
    {"wildcard", start + "; policy=wildcard", record(true)},
    {"wildcard_in_capitals", start + "; policy=WildCard", record(true)},
    {"other_policy_is_none", start + "; policy=wildcards", record()},
    {"empty_policy_is_none", start + "; policy=", record()},
    {"until", start + "; persistUntil=1767225600", record(false, UnixTime{1'767'225'600})},
    {"until_in_the_past", start + "; persistUntil=-1", record(false, UnixTime{-1})},
    {"everything", start + "; policy=wildcard; persistUntil=5", record(true, UnixTime{5})},
    {"any_order", "ca.example; persistUntil=5; policy=wildcard; accounturi=" + account,
     record(true, UnixTime{5})},
    {"tags_in_other_case",
     "ca.example; ACCOUNTURI=" + account + "; Policy=wildcard; persistuntil=5",
     record(true, UnixTime{5})},
    {"unknown_tags", start + "; x=; y=1; x=2", record()},
    {"issuer_as_written", " CA.Example ;accounturi=u:1", PersistRecord{"CA.Example", "u:1"}},
    {"no_issuer", "; accounturi=u:1", PersistRecord{"", "u:1"}},
    {"uri_keeps_every_octet", "ca.example; accounturi=HTTP://A/%7E?=\"\\#,",
     PersistRecord{ca, "HTTP://A/%7E?=\"\\#,"}},
};

const Case fault_cases[] = {
    {"empty", "", error(Code::accounturi_missing, 0, "")},
    {"issuer_only", "ca.example", error(Code::accounturi_missing, 10)},
    {"issuer_and_semicolon", "ca.example;", error(Code::accounturi_missing, 11)},
    {"no_accounturi", "ca.example; policy=wildcard", error(Code::accounturi_missing, 27)},
    {"empty_accounturi", "ca.example; accounturi=", error(Code::accounturi_empty, 23)},
    {"blank_accounturi", "ca.example; accounturi= ", error(Code::accounturi_empty, 23)},
    {"accounturi_twice", start + "; accounturi=" + account, error(Code::duplicate_parameter, 50)},
    {"accounturi_twice_other_case", start + "; AccountURI=x", error(Code::duplicate_parameter, 50)},
    {"accounturi_twice_second_empty",
     start + "; accounturi=", error(Code::duplicate_parameter, 50)},
    {"policy_twice", start + "; policy=a; policy=wildcard", error(Code::duplicate_parameter, 60)},
    {"policy_twice_empty", start + "; policy=; POLICY=", error(Code::duplicate_parameter, 59)},
    {"until_twice", start + "; persistUntil=5; persistuntil=5",
     error(Code::duplicate_parameter, 66)},
    {"until_twice_second_malformed", start + "; persistUntil=5; persistUntil=x",
     error(Code::duplicate_parameter, 66)},
    {"until_malformed", start + "; persistUntil=12x4", error(Code::persist_until_malformed, 65)},
    {"until_empty", start + "; persistUntil=", error(Code::persist_until_malformed, 63)},
    {"first_fault_decides", "ca.example; persistUntil=x; y",
     error(Code::persist_until_malformed, 25)},
    {"semicolon_behind", start + ";", error(Code::empty_parameter, 49)},
    {"no_equals", start + "; policy", error(Code::missing_equals, 50)},
    {"blank_in_uri", "ca.example; accounturi=a b", error(Code::bad_value, 24)},
    {"final_dot", "ca.example.; accounturi=x", error(Code::bad_issuer, 0, "ca.example.")},
    {"final_dot_before_other_faults", "ca.example.; y", error(Code::bad_issuer, 0, "ca.example.")},
    {"u_label_issuer", "cä.example; accounturi=x", error(Code::bad_issuer, 0, "cä.example")},
};

const std::string quoted = "\"" + start + "\"";

const Case rule_cases[] = {
    {"final_dot_accepted",
     "ca.example.; accounturi=x",
     PersistRecord{"ca.example.", "x"},
     {.issuer_final_dot = FinalDot::accepted}},
    {"two_final_dots_never",
     "ca.example..; accounturi=x",
     error(Code::bad_issuer, 0, "ca.example.."),
     {.issuer_final_dot = FinalDot::accepted}},
    {"final_dot_of_another",
     "ca.example.; accounturi=x",
     error(Code::bad_issuer, 0, "ca.example."),
     {.issuer_final_dot = FinalDot::other_issuer}},
    {"empty_rest_is_a_parameter",
     "ca.example;",
     error(Code::empty_parameter, 11),
     {.empty_rest_is_parameter = true}},
    {"blank_rest_is_a_parameter",
     "ca.example; ",
     error(Code::empty_parameter, 12),
     {.empty_rest_is_parameter = true}},
    {"no_rest_is_none",
     "ca.example",
     error(Code::accounturi_missing, 10),
     {.empty_rest_is_parameter = true}},
    {"tags_unchecked", start + "; a_b c=d", record(), {.checks_tags = false}},
    {"empty_tag_checked_all_the_same",
     start + "; =d",
     error(Code::empty_tag, 50),
     {.checks_tags = false}},
    {"exact_tags", start + "; PersistUntil=x", record(), {.folds_tag_case = false}},
    {"exact_tags_are_known",
     start + "; persistUntil=x",
     error(Code::persist_until_malformed, 63),
     {.folds_tag_case = false}},
    {"policy_unknown", start + "; policy=a; policy=wildcard", record(), {.knows_policy = false}},
    {"unknown_twice",
     start + "; x=1; x=2",
     error(Code::duplicate_parameter, 55),
     {.refuses_duplicate_unknown = true}},
    {"unknown_twice_other_case",
     start + "; x=1; X=2",
     error(Code::duplicate_parameter, 55),
     {.refuses_duplicate_unknown = true}},
    {"unknown_once_each", start + "; x=1; y=2", record(), {.refuses_duplicate_unknown = true}},
    {"outer_quotes_stripped", quoted, record(), {.strips_outer_quotes = true}},
    {"outer_quotes_and_blanks", " " + quoted + " ", record(), {.strips_outer_quotes = true}},
    {"offset_counts_the_quote",
     "\"ca.example; y\"",
     error(Code::missing_equals, 13),
     {.strips_outer_quotes = true}},
    {"one_quote_stays",
     "\"" + start,
     error(Code::bad_issuer, 0, "\"ca.example"),
     {.strips_outer_quotes = true}},
    {"lone_quote", "\"", error(Code::bad_issuer, 0, "\""), {.strips_outer_quotes = true}},
    {"two_quotes_are_empty",
     "\"\"",
     error(Code::accounturi_missing, 1, ""),
     {.strips_outer_quotes = true}},
    {"line_break_is_white_space", start + "\r\n", record(), {.white_space = WhiteSpace::java}},
    {"plus_accepted",
     start + "; persistUntil=+5",
     record(false, UnixTime{5}),
     {.persist_until = {.allows_plus = true}}},
};

class ParseRecord : public testing::TestWithParam<Case> {};

TEST_P(ParseRecord, GivesMeaningOrFault) {
  const auto got = parse_record(GetParam().text, GetParam().rules);
  ASSERT_EQ(got.has_value(), GetParam().want.has_value());
  if (got) {
    EXPECT_EQ(*got, *GetParam().want);
  } else {
    EXPECT_EQ(got.error().code, GetParam().want.error().code);
    EXPECT_EQ(got.error().offset, GetParam().want.error().offset);
    EXPECT_EQ(got.error().issuer_domain_name, GetParam().want.error().issuer_domain_name);
  }
}

constexpr auto row_name = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Meaning, ParseRecord, testing::ValuesIn(meaning_cases), row_name);
INSTANTIATE_TEST_SUITE_P(Fault, ParseRecord, testing::ValuesIn(fault_cases), row_name);
INSTANTIATE_TEST_SUITE_P(Rules, ParseRecord, testing::ValuesIn(rule_cases), row_name);

struct EscapeCase {
  std::string name;
  std::string octets;
  std::string want;
  friend void PrintTo(const EscapeCase& row, std::ostream* out) { *out << row.name; }
};

const EscapeCase escape_cases[] = {
    {"empty", "", ""},
    {"printable", start, start},
    {"quote", "a\"b", R"(a\"b)"},
    {"backslash", R"(a\b)", R"(a\\b)"},
    {"tab", "\t", R"(\009)"},
    {"nul", std::string("a\0b", 3), R"(a\000b)"},
    {"ends_of_the_range", "\x1F ~\x7F", R"(\031 ~\127)"},
    {"high_octets", "\x80\xFF", R"(\128\255)"},
    {"umlaut", "ü", R"(\195\188)"},
    {"semicolon_stays", ";", ";"},
};

class EscapedText : public testing::TestWithParam<EscapeCase> {};

TEST_P(EscapedText, IsThatOfDnsLibraries) {
  EXPECT_EQ(to_escaped_text(GetParam().octets), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, EscapedText, testing::ValuesIn(escape_cases), row_name);

TEST(EscapedText, OffsetsLeadBackToTheOctets) {
  const std::string_view octets = "a\"\t\\b";  // a \" \009 \\ b
  const std::size_t want[] = {0, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 5};
  for (std::size_t i = 0; i < std::size(want); ++i) {
    EXPECT_EQ(offset_in_octets(octets, i), want[i]) << i;
  }
}

TEST(EscapedText, EveryOctetsOffsetLeadsBack) {
  std::string octets;
  for (int c = 0; c < 256; ++c) {
    octets += static_cast<char>(c);
    const std::size_t offset = to_escaped_text(octets).size();
    EXPECT_EQ(offset_in_octets(octets, offset - 1), octets.size() - 1);
    EXPECT_EQ(offset_in_octets(octets + "x", offset), octets.size());
  }
}

}  // namespace
}  // namespace persist::record
