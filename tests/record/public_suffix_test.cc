#include "record/public_suffix.h"

#include <gtest/gtest.h>

#include <string>

namespace persist::record {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string registrable;  ///< empty: a public suffix itself
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

/// Rules of the Public Suffix List that have stood for ten years and more.
const Case cases[] = {
    {"top_level", "com", ""},
    {"second_level", "co.uk", ""},
    {"private_section", "github.io", ""},
    {"wildcard_rule", "anything.ck", ""},
    {"a_label_suffix", "xn--p1ai", ""},
    {"unknown_top_level", "no-such-tld", ""},
    {"registrable", "example.com", "example.com"},
    {"below_registrable", "a.b.example.co.uk", "example.co.uk"},
    {"below_private_section", "www.user.github.io", "user.github.io"},
    {"exception_rule", "www.ck", "www.ck"},
    {"below_exception_rule", "a.www.ck", "www.ck"},
    {"below_unknown_top_level", "a.b.no-such-tld", "b.no-such-tld"},
    {"below_a_label_suffix", "a.example.xn--p1ai", "example.xn--p1ai"},
};

class PublicSuffix : public testing::TestWithParam<Case> {};

TEST_P(PublicSuffix, FollowsTheList) {
  const Case& row = GetParam();
  const DomainName name = *DomainName::parse(row.text);
  EXPECT_EQ(is_public_suffix(name), row.registrable.empty());
  const auto registrable = registrable_domain(name);
  EXPECT_EQ(registrable ? registrable->text() : "", row.registrable);
}

INSTANTIATE_TEST_SUITE_P(Table, PublicSuffix, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::record
