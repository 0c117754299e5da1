#include "acme/protocol_error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

namespace persist::acme {
namespace {

using Code = ProtocolErrorCode;

struct Case {
  Code code;
  std::string text;
  std::string sentence;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.text; }
};

const Case cases[] = {
    {Code::too_large, "too-large", "it has more than 65536 octets"},
    {Code::not_json, "not-json", "it is not JSON"},
    {Code::too_deep, "too-deep", "its JSON is nested deeper than 32 levels"},
    {Code::duplicate_member, "duplicate-member", "one object has the member m twice"},
    {Code::not_an_object, "not-an-object", "it is JSON, but no object"},
    {Code::member_missing, "member-missing", "the member m is missing"},
    {Code::member_wrong_type, "member-wrong-type", "the member m has the wrong type"},
    {Code::not_https_url, "not-https-url", R"(m is "v", which is no https:// URL)"},
    {Code::unknown_status, "unknown-status", R"("v" is no status of a challenge)"},
    {Code::not_dns_persist, "not-dns-persist", R"(it is a "v" challenge, not dns-persist-01)"},
    {Code::issuers_missing, "issuers-missing", "the list m is missing"},
    {Code::issuers_wrong_type, "issuers-wrong-type", "m is not an array of strings"},
    {Code::issuers_empty, "issuers-empty", "the list m is empty"},
    {Code::issuers_too_many, "issuers-too-many", "m holds more than 10 names"},
    {Code::issuer_too_long, "issuer-too-long", R"(m holds a name of more than 253 octets, "v")"},
    {Code::issuer_not_normalised, "issuer-not-normalised",
     R"(m holds "v", which is not lower-case A-labels without a final dot)"},
    {Code::accounturi_missing, "accounturi-missing", "the member m is missing"},
    {Code::accounturi_wrong_type, "accounturi-wrong-type", "m is not a string"},
    {Code::accounturi_not_expressible, "accounturi-not-expressible",
     R"(m is "v", which is no absolute URI that can stand in a record)"},
    {Code::directory_not_subset, "directory-not-subset",
     R"("v" is in m of the directory, but not of the challenge)"},
    {Code::not_in_caaidentities, "not-in-caaidentities",
     R"("v" is in m of the challenge, but not in caaIdentities of the directory)"},
    {Code::hash_prefix_missing, "hash-prefix-missing",
     "the directory gives no m, which draft -02 needs"},
    {Code::hash_prefix_wrong_type, "hash-prefix-wrong-type", "m is not a string"},
    {Code::hash_prefix_not_expressible, "hash-prefix-not-expressible",
     R"(m is "v", which begins no absolute URI that can stand in a record)"},
};

class ErrorText : public testing::TestWithParam<Case> {};

TEST_P(ErrorText, NamesWhatIsWrong) {
  EXPECT_EQ(to_code(GetParam().code), GetParam().text);
  EXPECT_EQ(explain({.code = GetParam().code, .member = "m", .value = "v"}), GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(Table, ErrorText, testing::ValuesIn(cases), [](const auto& row) {
  std::string name = row.param.text;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(ProtocolError, TextOfTheServerIsEscapedAndCut) {
  EXPECT_EQ(explain({.code = Code::duplicate_member, .member = "a\x1B[2J{0}\n"}),
            R"(one object has the member a\x1b[2J{0}\x0a twice)");
  EXPECT_EQ(explain({.code = Code::duplicate_member, .member = std::string(70, 'a')}),
            "one object has the member " + std::string(64, 'a') + "... (6 more bytes) twice");
  EXPECT_EQ(explain({.code = Code::unknown_status, .value = "\r::error::\xE2\x80\xAE"}),
            R"("\x0d\x3a:error\x3a:\u{202e}" is no status of a challenge)");
}

}  // namespace
}  // namespace persist::acme
