#include "acme/http_client.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace persist::acme {
namespace {

using Code = HttpErrorCode;

struct Case {
  std::string name;
  Code code;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"bad_url", Code::bad_url, "it is no https:// URL with a host and without a user name"},
    {"bad_ca_file", Code::bad_ca_file, "the file of trusted CAs cannot be read"},
    {"host_not_found", Code::host_not_found, "its host is not found"},
    {"cannot_connect", Code::cannot_connect, "no connection"},
    {"unknown_ca", Code::tls_unknown_ca, "its certificate leads to no CA that is trusted here"},
    {"self_signed", Code::tls_self_signed,
     "its certificate is signed by itself, not by a CA that is trusted here"},
    {"expired", Code::tls_expired, "its certificate has expired, or the clock here is fast"},
    {"not_yet", Code::tls_not_yet, "its certificate is not valid yet, or the clock here is slow"},
    {"wrong_name", Code::tls_wrong_name, "its certificate is for another host"},
    {"tls_failed", Code::tls_failed, "TLS failed"},
    {"timed_out", Code::timed_out, "no complete answer in time"},
    {"body_too_large", Code::body_too_large, "its answer is too large"},
    {"header_too_large", Code::header_too_large, "the headers of its answer are too large"},
    {"broken_answer", Code::broken_answer, "its answer is no HTTP, or ended early"},
};

class Sentence : public ::testing::TestWithParam<Case> {};

TEST_P(Sentence, SaysWhatHappened) {
  EXPECT_EQ(explain(HttpError{.code = GetParam().code, .url = "https://a/\x1B"}),
            "https://a/\\x1b: " + GetParam().want);
  EXPECT_EQ(explain(HttpError{.code = GetParam().code, .url = "u", .detail = "d\n"}),
            "u: " + GetParam().want + " (d\\x0a)");
}

INSTANTIATE_TEST_SUITE_P(Table, Sentence, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(HttpResponse, FindsTheOneHeaderOfAName) {
  const HttpResponse response{.status = 200, .headers = {{"A", "1"}, {"b", "2"}, {"a", "3"}}};
  ASSERT_NE(response.find("B"), nullptr);
  EXPECT_EQ(*response.find("B"), "2");
  EXPECT_EQ(response.find("a"), nullptr);
  EXPECT_EQ(response.find("c"), nullptr);
}

}  // namespace
}  // namespace persist::acme
