// Names that CAs refuse before they look at a record.

#include <gtest/gtest.h>

#include <ostream>

#include "rules/example.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

struct Case {
  std::string name;
  std::string identifier;
  std::string want;  ///< message of DP120; empty: it is silent
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"plain", "example.com", ""},
    {"wildcard", "*.example.com", ""},
    {"a_label", "xn--bcher-kva.example", ""},
    {"underscore", "my_host.example.com",
     "my_host.example.com holds an underscore, which no name in a public certificate may have"},
    {"one_label", "*.localhost", "*.localhost is a single label, which no public CA certifies"},
    {"eleven_labels", "a.b.c.d.e.f.g.h.i.example.com",
     "a.b.c.d.e.f.g.h.i.example.com has 11 labels; Let's Encrypt's software takes at most 10"},
    {"reserved_label", "ab--cd.example.com",
     "ab--cd.example.com holds the label ab--cd, of a form reserved by IDNA"},
    {"emoji", "www.xn--ls8h.example",
     "www.xn--ls8h.example holds the label xn--ls8h, which IDNA 2008 does not allow; a CA may "
     "refuse it"},
};

class IdentifierRejected : public ::testing::TestWithParam<Case> {};

TEST_P(IdentifierRejected, IsToldWithItsReason) {
  Subject subject =
      make_good_example({.good = {"ca.example; accounturi=https://ca.example/acct/1"}, .bad = {}});
  subject.required.identifier = record::parse_identifier(GetParam().identifier).value();
  std::string message;
  for (const auto& found : run_rules(subject)) {
    if (found.rule == "DP120") message = found.message;
  }
  EXPECT_EQ(message, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, IdentifierRejected, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::rules
