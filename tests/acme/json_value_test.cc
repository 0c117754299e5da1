// A09: what a hostile or broken server may send in the place of a document or of a URL.
#include "acme/json_value.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "acme/documents.h"

namespace persist::acme {
namespace {

using namespace std::string_view_literals;

struct Case {
  std::string name;
  std::string text;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"object", R"({"a":1})", "read"},
    {"html", "<!DOCTYPE html><title>502</title>", "not-json"},
    {"array", "[]", "not-an-object"},
    {"same_name_twice", R"({"a":1,"b":2,"a":1})", "duplicate-member a"},
    {"brackets", R"({"a":)" + std::string(deepest_nesting, '['), "too-deep"},
    {"one_octet_too_many", "{" + std::string(largest_document_octets, ' '), "too-large"},
};

class Document : public testing::TestWithParam<Case> {};

TEST_P(Document, A09_IsReadOrRefused) {
  EXPECT_EQ(outcome(parse_document(GetParam().text)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Document, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

struct UrlCase {
  std::string name;
  Json value;
  std::string want;
  friend void PrintTo(const UrlCase& row, std::ostream* out) { *out << row.name; }
};

const UrlCase url_cases[] = {
    {"plain", "https://ca.example/acme/1", "read"},
    {"port_and_query", "https://ca.example:14000/acme?x=1", "read"},
    {"host_alone", "https://ca.example", "read"},
    {"ipv6", "https://[::1]:14000/dir", "read"},
    {"at_sign_in_the_path", "https://ca.example/@acme", "read"},

    {"null", nullptr, "member-wrong-type url"},
    {"number", 1, "member-wrong-type url"},
    {"array", {"https://ca.example/"}, "member-wrong-type url"},
    {"empty", "", "not-https-url url"},
    {"http", "http://ca.example/", "not-https-url url http://ca.example/"},
    {"file", "file:///etc/passwd", "not-https-url url file:///etc/passwd"},
    {"relative", "/acme/1", "not-https-url url /acme/1"},
    {"no_host", "https:///acme", "not-https-url url https:///acme"},
    {"no_host_but_query", "https://?a", "not-https-url url https://?a"},
    {"port_without_host", "https://:443/", "not-https-url url https://:443/"},
    {"user_name", "https://ca.example@evil.example/",
     "not-https-url url https://ca.example@evil.example/"},
    {"backslash", "https://ca.example\\.evil.example/",
     "not-https-url url https://ca.example\\.evil.example/"},
    {"quote", "https://ca.example/\"", "not-https-url url https://ca.example/\""},
    {"brace", "https://ca.example/{id}", "not-https-url url https://ca.example/{id}"},
    {"blank", "https://ca.example/a b", "not-https-url url https://ca.example/a b"},
    {"line_break", "https://ca.example/\r\nX: y", "not-https-url url https://ca.example/\r\nX: y"},
    {"not_ascii", "https://ca.example/ü", "not-https-url url https://ca.example/ü"},
};

class HttpsUrl : public testing::TestWithParam<UrlCase> {};

TEST_P(HttpsUrl, A04_IsReadOrRefused) {
  const auto object = parse_document(Json{{"url", GetParam().value}}.dump());
  ASSERT_TRUE(object.has_value());
  EXPECT_EQ(outcome(read_https_url(*object, "url")), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, HttpsUrl, testing::ValuesIn(url_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::acme
