#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "acme/account_request.h"
#include "acme/looked_up.h"

namespace persist::acme {
namespace {

using std::chrono::seconds;
using ::testing::IsEmpty;

// ---- What a server can do wrong

using Change = std::function<void(HttpResponse&)>;

struct FaultCase {
  std::string name;
  std::string step;
  Change change;
  FetchErrorCode code;
  std::string want;
  friend void PrintTo(const FaultCase& row, std::ostream* out) { *out << row.name; }
};

Change answer(int status, const std::string& body = "") {
  return [=](HttpResponse& response) {
    response.status = status;
    response.body = body;
  };
}

/// In place of the one that is there.
Change header(const std::string& name, const std::string& value) {
  return [=](HttpResponse& response) {
    std::erase_if(response.headers, [&](const HttpHeader& it) { return it.name == name; });
    response.headers.push_back({name, value});
  };
}

Change without_headers() {
  return [](HttpResponse& response) { response.headers.clear(); };
}

Change twice(const std::string& name, const std::string& value) {
  return [=](HttpResponse& response) { response.headers.push_back({name, value}); };
}

Change redirect(const std::string& target) {
  return [=](HttpResponse& response) {
    response = {.status = 302, .headers = {{"Location", target}}};
  };
}

Change directory_member(const std::string& member, const std::string& url) {
  return [=](HttpResponse& response) {
    Json directory = Json::parse(response.body);
    directory[member] = url;
    response.body = directory.dump();
  };
}

Change busy(int status, const std::string& retry_after) {
  return [=](HttpResponse& response) {
    response = {.status = status,
                .headers = {{"Retry-After", retry_after}},
                .body = problem_json("rateLimited", "slow down")};
  };
}

using enum FetchErrorCode;

const std::string at_directory = "https://ca.example/directory ";
const std::string at_nonce = "https://ca.example/acme/new-nonce ";
const std::string at_new_account = "https://ca.example/acme/new-account ";
const std::string at_account = "https://ca.example/acct/123 ";

const FaultCase fault_cases[] = {
    {"A02_to_http", "directory", redirect("http://ca.example/directory"), redirected,
     at_directory +
         "sends on to \"http://ca.example/directory\" (HTTP 302), which is not followed"},
    {"A02_to_itself", "new_account", redirect("https://ca.example/acme/new-account"), redirected,
     at_new_account +
         "sends on to \"https://ca.example/acme/new-account\" (HTTP 302), which is not followed"},
    {"A02_to_the_cloud", "nonce", redirect("http://169.254.169.254/\x1B[2J"), redirected,
     at_nonce +
         R"(sends on to "http://169.254.169.254/\x1b[2J" (HTTP 302), which is not followed)"},
    {"A04_nonce_elsewhere", "directory", directory_member("newNonce", "https://evil.example/n"),
     other_origin, at_directory + "leads to another host, \"https://evil.example/n\""},
    {"A04_account_at_another_port", "directory",
     directory_member("newAccount", "https://ca.example:444/n"), other_origin,
     at_directory + "leads to another host, \"https://ca.example:444/n\""},
    {"A04_order_over_http", "directory", directory_member("newOrder", "http://ca.example/o"),
     bad_content,
     at_directory + "gives no answer that can be read: newOrder is \"http://ca.example/o\", which "
                    "is no https:// URL"},
    {"A07_number_out_of_reach", "directory", busy(503, "1000000000000000000"), must_wait,
     at_directory + "answers with HTTP 503 and wants to be asked again at 2126-12-22T08:00:00Z"},
    {"A07_beyond_the_deadline", "new_account", busy(429, "30"), must_wait,
     at_new_account + "answers with HTTP 429 and wants to be asked again at 2027-01-15T08:00:30Z"},
    {"A07_date_beyond_the_deadline", "nonce", busy(503, "Fri, 15 Jan 2027 09:00:00 GMT"), must_wait,
     at_nonce + "answers with HTTP 503 and wants to be asked again at 2027-01-15T09:00:00Z"},
    {"A07_negative", "account", busy(429, "-1"), refused,
     at_account + "refuses with HTTP 429: rateLimited: \"slow down\""},
    {"A07_garbage", "account", busy(429, "soon"), refused,
     at_account + "refuses with HTTP 429: rateLimited: \"slow down\""},
    {"A07_for_ever", "directory", busy(503, "1"), must_wait,
     at_directory + "answers with HTTP 503 and wants to be asked again at 2027-01-15T08:00:04Z"},
    {"A08_500", "directory", answer(500, "Internal\nServer Error"), unexpected_status,
     at_directory + R"(answers with HTTP 500 and "Internal\x0aServer Error")"},
    {"A08_502", "new_account", answer(502, "<html>" + std::string(300, 'x')), unexpected_status,
     at_new_account + "answers with HTTP 502 and \"<html>" + std::string(194, 'x') +
         "... (106 more bytes)\""},
    {"A08_404", "nonce", answer(404), unexpected_status,
     at_nonce + "answers with HTTP 404 and \"\""},
    {"A08_204", "directory", answer(204), unexpected_status,
     at_directory + "answers with HTTP 204 and \"\""},
    {"A08_html", "directory", answer(200, "<html>"), bad_content,
     at_directory + "gives no answer that can be read: it is not JSON"},
    {"A08_empty", "account", answer(200), bad_content,
     at_account + "gives no answer that can be read: it is not JSON"},
    {"A08_account_204", "account", answer(204), unexpected_status,
     at_account + "answers with HTTP 204 and \"\""},
    {"A09_duplicate_member", "account", answer(200, R"({"status":"valid","status":"revoked"})"),
     bad_content,
     at_account + "gives no answer that can be read: one object has the member status twice"},
    {"A09_status_is_a_number", "account", answer(200, R"({"status":1})"), bad_content,
     at_account + "gives no answer that can be read: the member status has the wrong type"},
    {"A09_problem_without_type", "new_account", answer(403, R"({"__proto__":{}})"),
     unexpected_status, at_new_account + R"(answers with HTTP 403 and "{\"__proto__\":{}}")"},
    {"A10_no_nonce", "nonce", without_headers(), nonce_missing,
     at_nonce + "gives no Replay-Nonce, or more than one"},
    {"A10_two_nonces", "nonce", twice("Replay-Nonce", "abc"), nonce_missing,
     at_nonce + "gives no Replay-Nonce, or more than one"},
    {"A10_odd_nonce", "nonce",
     [](HttpResponse& response) {
       response.headers = {{"Replay-Nonce", "a\"b\n"}};
     },
     nonce_malformed, at_nonce + R"(gives the Replay-Nonce "a\"b\x0a", which is none)"},
    {"A10_empty_nonce", "nonce",
     [](HttpResponse& response) {
       response.headers = {{"Replay-Nonce", ""}};
     },
     nonce_malformed, at_nonce + "gives the Replay-Nonce \"\", which is none"},
    {"A10_for_ever", "new_account", answer(400, problem_json("badNonce", "no")), nonce_refused,
     at_new_account + "refuses every nonce that the server itself gave"},
    {"A13_server_creates_nevertheless", "new_account", answer(201, "{}"), account_created,
     at_new_account + "says that it made an account (HTTP 201), which it was asked not to do"},
    {"A14_missing", "new_account", without_headers(), location_missing,
     at_new_account + "gives no Location, or more than one"},
    {"A14_two", "new_account", twice("location", account_url), location_missing,
     at_new_account + "gives no Location, or more than one"},
    {"A14_relative", "new_account", header("Location", "/acct/123"), location_malformed,
     at_new_account +
         "gives the account URL \"/acct/123\", which is no https:// URL of at most 2048 octets"},
    {"A14_control_octets", "new_account", header("Location", "https://ca.example/\x07"),
     location_malformed,
     at_new_account +
         R"(gives the account URL "https://ca.example/\x07", which is no https:// URL of at most 2048 octets)"},
    {"A14_too_long", "new_account",
     header("Location", "https://ca.example/" + std::string(2030, 'a')), location_malformed,
     at_new_account + "gives the account URL \"https://ca.example/" + std::string(181, 'a') +
         "... (1849 more bytes)\", which is no https:// URL of at most 2048 octets"},
    {"A14_elsewhere", "new_account", header("Location", "https://evil.example/acct/123"),
     location_elsewhere,
     at_new_account +
         "gives the account URL \"https://evil.example/acct/123\", which is on another host"},
    {"other_refusal", "new_account", answer(403, problem_json("userActionRequired", "new terms")),
     refused, at_new_account + "refuses with HTTP 403: userActionRequired: \"new terms\""},
};

class Fault : public ::testing::TestWithParam<FaultCase> {};

TEST_P(Fault, IsNoAnswer) {
  FakeCa ca(test_key());
  ca.fault_step = GetParam().step;
  ca.fault = GetParam().change;
  const LookedUp got(ca);
  ASSERT_FALSE(got.answer) << got.line();
  EXPECT_EQ(got.answer.error().code, GetParam().code);
  EXPECT_EQ(got.line(), GetParam().want);
  EXPECT_EQ(ca.accounts_created, 0);
  EXPECT_THAT(ca.complaints, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Table, Fault, ::testing::ValuesIn(fault_cases),
                         [](const auto& row) { return row.param.name; });

struct RepeatCase {
  std::string name;
  std::string step;
  int times;
  Change change;
  std::vector<std::chrono::milliseconds> sleeps;
  std::size_t requests;
  friend void PrintTo(const RepeatCase& row, std::ostream* out) { *out << row.name; }
};

const RepeatCase repeat_cases[] = {
    {"A10_bad_nonce_once", "new_account", 1, answer(400, problem_json("badNonce", "no")), {}, 5},
    {"A10_bad_nonce_three_times",
     "new_account",
     3,
     answer(400, problem_json("badNonce", "no")),
     {},
     7},
    {"A10_bad_nonce_for_the_account",
     "account",
     3,
     answer(400, problem_json("badNonce", "no")),
     {},
     7},
    {"A10_bad_nonce_without_a_new_one",
     "new_account",
     2,
     [](HttpResponse& response) {
       response = {.status = 400, .body = problem_json("badNonce", "no")};
     },
     {},
     8},
    {"A07_seconds", "directory", 1, busy(503, "7"), {seconds(7)}, 5},
    {"A07_three_times", "directory", 3, busy(503, "1"), {seconds(1), seconds(1), seconds(1)}, 7},
    {"A07_nothing_at_all", "new_account", 1, busy(429, "0"), {seconds(1)}, 6},
    {"A07_date", "account", 1, busy(503, "Fri, 15 Jan 2027 08:00:05 GMT"), {seconds(5)}, 6},
    {"A07_date_in_the_past",
     "account",
     1,
     busy(503, "Sun, 06 Nov 1994 08:49:37 GMT"),
     {seconds(1)},
     6},
};

class Repeat : public ::testing::TestWithParam<RepeatCase> {};

TEST_P(Repeat, IsAskedAgain) {
  FakeCa ca(test_key());
  ca.fault_step = GetParam().step;
  ca.fault_times = GetParam().times;
  ca.fault = GetParam().change;
  const LookedUp got(ca);
  ASSERT_TRUE(got.answer) << got.line();
  EXPECT_TRUE(is_usable(*got.answer));
  EXPECT_EQ(got.timer.sleeps, GetParam().sleeps);
  EXPECT_EQ(got.http.requests.size(), GetParam().requests);
  EXPECT_THAT(ca.complaints, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Table, Repeat, ::testing::ValuesIn(repeat_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::acme
