#include "report/method_text.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace persist::report {
namespace {

struct Case {
  std::string name;
  std::string text;
  bool want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"usual_record", "letsencrypt.org; accounturi=https://ca.example/1", true},
    {"issuer_alone", "ca.example", true},
    {"issuer_and_semicolon", "ca.example;", true},
    {"issuer_and_blank", "ca.example https://ca.example/1", true},
    {"issuer_and_tab", "ca.example\t", true},
    {"issuer_and_blanks", "ca.example  ; x", true},
    {"issuer_under_an_a_label", "ca.xn--p1ai; x", true},
    {"policy_with_another_value", "; policy=wildcards", true},
    {"policy_in_quotes", "\"; policy = \"Wildcard\"", true},
    {"account_is_a_url", "; account=https://ca.example/1", true},
    {"issuer_in_capitals_with_final_dot", " CA.Example.; x", true},
    {"literal_quotes", "\"ca.example; foo=1\"", true},
    {"issuer_missing", "; accounturi=https://ca.example/1", true},
    {"issuer_is_url", "https://ca.example; accounturi=x", true},
    {"look_alike_issuer", "l\xd0\xb5tsencrypt.org; accounturi=x", true},
    {"second_half_of_a_split_value", "/acct/1; policy=wildcard", true},
    {"tag_in_capitals_and_blanks", "x AccountURI \t = y", true},
    {"tag_misspelt", "x; account-uri=y", true},
    {"until_misspelt", "x; persist_until=1", true},
    {"caa_parameter", "x; validationmethods=dns-01", true},
    {"tag_after_nul", std::string("\0; policy=wildcard", 18), true},
    {"account_of_another_service", "account=admin; password=hunter2", false},
    {"policy_of_another_service", "policy=strict; token=hunter2", false},
    {"host_and_password", "db.corp.example hunter2", false},
    {"password_with_a_dot", "hunter2.Pa55w0rd", false},
    {"empty", "", false},
    {"only_blanks", " \t ", false},
    {"spf", "v=spf1 include:_spf.internal.example -all", false},
    {"dmarc", "v=DMARC1; p=reject; rua=mailto:a@internal.example", false},
    {"google", "google-site-verification=rXOxyZounnZasA8Z7oaD3c14JdjS9aKSWvsR1EbUSIQ", false},
    {"microsoft", "MS=ms12345678", false},
    {"token", "3b5d5c3712955042212316173ccf37be", false},
    {"token_with_dots", std::string(64, 'a') + ".eyJhbGciOiJIUzI1NiJ9", false},
    {"address", "10.0.0.1 internal", false},
    {"words", "the password is hunter2", false},
    {"one_label", "localhost; foo=bar", false},
    {"tag_without_equals", "accounturi https://ca.example/1", false},
    {"tag_is_part_of_another", "foreign-domain-policy=1", false},
    {"name_behind_other_text", "see ca.example; foo=bar", false},
    {"octets", std::string("\xff\xfe\0\x01", 4), false},
    {"many_equals", std::string(60'000, '='), false},
};

class S13_MethodText : public testing::TestWithParam<Case> {};

TEST_P(S13_MethodText, IsRecognised) {
  EXPECT_EQ(is_of_this_method(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, S13_MethodText, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::report
