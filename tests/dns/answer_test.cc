#include "dns/answer.h"

#include <gmock/gmock.h>

#include <ostream>

namespace persist::dns {
namespace {

TEST(RcodeText, IsNameOrNumber) {
  EXPECT_EQ(to_text(Rcode::servfail), "SERVFAIL");
  EXPECT_EQ(to_text(Rcode::badvers), "BADVERS");
  EXPECT_EQ(to_text(Rcode{11}), "RCODE11");
  EXPECT_EQ(to_text(Rcode{4095}), "RCODE4095");
}

TEST(RrTypeText, IsNameOrNumber) {
  EXPECT_EQ(to_text(RrType::caa), "CAA");
  EXPECT_EQ(to_text(RrType{65280}), "TYPE65280");
}

TEST(ExtendedErrorName, IsNameOrNumber) {
  EXPECT_EQ(to_name({.code = 6}), "DNSSEC Bogus");
  EXPECT_EQ(to_name({.code = 4711}), "EDE 4711");
}

TEST(ExtendedErrorName, SuspiciousAreForgedBlockedAndStale) {
  std::vector<std::uint16_t> suspicious;
  for (std::uint16_t code = 0; code < 100; ++code) {
    if (is_suspicious({.code = code})) suspicious.push_back(code);
  }
  EXPECT_THAT(suspicious, testing::ElementsAre(3, 4, 15, 16, 17, 18, 19));
}

struct Case {
  std::string name;
  LookupError error;
  std::string text;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const ServerAddress server = *parse_server_address("192.0.2.1");

LookupError rcode(Rcode code, std::optional<ExtendedError> extended = {}) {
  return {.code = LookupErrorCode::rcode,
          .server = server,
          .rcode = code,
          .extended_error = std::move(extended)};
}

const Case cases[] = {
    {"D07_timeout",
     {.code = LookupErrorCode::timeout,
      .server = server,
      .waited = std::chrono::milliseconds{12040},
      .tries = 6},
     "no answer from resolver 192.0.2.1 (6 tries, 12.0 s)"},
    {"D07_one_try",
     {.code = LookupErrorCode::timeout,
      .server = server,
      .waited = std::chrono::milliseconds{500},
      .tries = 1},
     "no answer from resolver 192.0.2.1 (1 try, 0.5 s)"},
    {"D09_unreachable",
     {.code = LookupErrorCode::unreachable, .server = server, .detail = "recv: Connection refused"},
     "resolver 192.0.2.1 cannot be reached: recv: Connection refused"},
    {"D03_servfail", rcode(Rcode::servfail),
     "resolver 192.0.2.1 could not get an answer (SERVFAIL)"},
    {"D03_servfail_and_reason", rcode(Rcode::servfail, ExtendedError{22, "at \x1b[1m::ns1"}),
     "resolver 192.0.2.1 could not get an answer (SERVFAIL); it says: No Reachable Authority: "
     "\"at \\x1b[1m\\x3a:ns1\""},
    {"D38_first_code_of_a_failed_validation", rcode(Rcode::servfail, ExtendedError{6}),
     "DNSSEC validation failed at resolver 192.0.2.1 (SERVFAIL); it says: DNSSEC Bogus"},
    {"D38_last_code_of_a_failed_validation", rcode(Rcode::servfail, ExtendedError{12}),
     "DNSSEC validation failed at resolver 192.0.2.1 (SERVFAIL); it says: NSEC Missing"},
    {"D38_codes_around_it", rcode(Rcode::servfail, ExtendedError{13}),
     "resolver 192.0.2.1 could not get an answer (SERVFAIL); it says: Cached Error"},
    {"D04_refused", rcode(Rcode::refused), "resolver 192.0.2.1 does not answer us (REFUSED)"},
    {"D05_other", rcode(Rcode{11}), "resolver 192.0.2.1 answered RCODE11"},
    {"D23_malformed",
     {.code = LookupErrorCode::malformed, .server = server, .detail = "the data is broken"},
     "malformed answer from resolver 192.0.2.1: the data is broken"},
    {"D12_truncated",
     {.code = LookupErrorCode::truncated, .server = server, .detail = "connection closed"},
     "answer from resolver 192.0.2.1 was truncated, and TCP to the server failed: connection "
     "closed"},
    {"D27_lame",
     {.code = LookupErrorCode::not_recursive,
      .server = server,
      .detail = "it is not a recursive resolver (RA=0)"},
     "no answer from resolver 192.0.2.1: it is not a recursive resolver (RA=0)"},
    {"D30_loop",
     {.code = LookupErrorCode::alias_loop, .server = server, .detail = "alias loop"},
     "alias loop, in the answer of resolver 192.0.2.1"},
    {"stopped",
     {.code = LookupErrorCode::stopped, .server = server, .detail = "interrupted"},
     "interrupted before resolver 192.0.2.1 answered (0 tries, 0.0 s)"},
    {"F08_local_failure",
     {.code = LookupErrorCode::local_failure,
      .server = server,
      .detail = "socket: Too many open files"},
     "this system could not ask resolver 192.0.2.1: socket: Too many open files"},
    {"no_server_known",
     {.code = LookupErrorCode::timeout},
     "no answer from the resolver (0 tries, 0.0 s)"},
};

class ExplainLookupError : public testing::TestWithParam<Case> {};

TEST_P(ExplainLookupError, SaysWhy) {
  EXPECT_EQ(explain(GetParam().error), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Table, ExplainLookupError, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::dns
