#include "acme/problem.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "acme/documents.h"

namespace persist::acme {
namespace {

struct Case {
  std::string name;
  std::string json;
  std::string want;  ///< the sentence, or what went wrong
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"acme_error",
     R"({"type":"urn:ietf:params:acme:error:badNonce","detail":"try again","status":400})",
     R"(badNonce: "try again")"},
    {"other_type", R"({"type":"https://ca.example/errors/7","detail":"no"})",
     R"(https://ca.example/errors/7: "no")"},
    {"type_alone", R"({"type":"urn:ietf:params:acme:error:malformed"})", "malformed"},
    {"title_for_detail", R"({"type":"about:blank","title":"Forbidden"})",
     R"(about:blank: "Forbidden")"},
    {"detail_before_title", R"({"title":"a","detail":"b"})", R"(about:blank: "b")"},
    {"instance", R"({"type":"t","detail":"new terms","instance":"https://ca.example/terms"})",
     R"(t: "new terms" (see https://ca.example/terms))"},
    {"escaped", R"({"type":"a\u001b[2J","detail":"\r\n::error::","instance":"\u202e"})",
     R"(a\x1b[2J: "\x0d\x0a\x3a:error\x3a:" (see \u{202e}))"},
    {"other_members", R"({"type":"t","subproblems":[{"type":7}],"__proto__":null})", "t"},
    {"nothing_of_a_problem", R"({"status":"valid"})", "member-missing type"},
    {"type_is_null", R"({"type":null,"detail":"a"})", "member-wrong-type type"},
    {"detail_is_a_list", R"({"type":"t","detail":["a"]})", "member-wrong-type detail"},
    {"title_is_a_number", R"({"title":1})", "member-wrong-type title"},
    {"instance_is_true", R"({"type":"t","instance":true})", "member-wrong-type instance"},
    {"type_twice", R"({"type":"a","type":"b"})", "duplicate-member type"},
    {"html", "<html>", "not-json"},
    {"list", "[]", "not-an-object"},
    {"empty", "", "not-json"},
};

class ProblemText : public ::testing::TestWithParam<Case> {};

TEST_P(ProblemText, IsReadAndSaid) {
  const auto problem = parse_problem(GetParam().json);
  EXPECT_EQ(problem ? explain(*problem) : to_line(problem.error()), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, ProblemText, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Problem, AcmeErrorsAreComparedWhole) {
  EXPECT_TRUE(is_acme_error({.type = "urn:ietf:params:acme:error:badNonce"}, "badNonce"));
  EXPECT_FALSE(is_acme_error({.type = "urn:ietf:params:acme:error:badNonces"}, "badNonce"));
  EXPECT_FALSE(is_acme_error({.type = "badNonce"}, "badNonce"));
  EXPECT_FALSE(is_acme_error({.type = "urn:acme:error:badNonce"}, "badNonce"));
}

}  // namespace
}  // namespace persist::acme
