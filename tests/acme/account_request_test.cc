#include "acme/account_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "acme/looked_up.h"

namespace persist::acme {
namespace {

using std::chrono::seconds;
using testing::FakeHttpClient;
using testing::FakeTimer;
using ::testing::IsEmpty;

TEST(AccountRequest, FindsTheAccountOfTheKey) {
  FakeCa ca(test_key());
  const LookedUp got(ca);
  ASSERT_TRUE(got.answer) << got.line();
  EXPECT_EQ(*got.answer, (AccountAnswer{.outcome = AccountOutcome::found,
                                        .directory_url = directory_url,
                                        .thumbprint = test_key().thumbprint(),
                                        .account_url = account_url,
                                        .status = record::AccountStatus::valid}));
  EXPECT_TRUE(is_usable(*got.answer));
  EXPECT_THAT(ca.complaints, IsEmpty());
  // Directory, nonce, newAccount, POST-as-GET: the second nonce came with the answer to the first.
  EXPECT_EQ(got.http.requests.size(), 4U);
  for (const HttpRequest& request : got.http.requests) {
    EXPECT_EQ(request.deadline, FakeTimer().now() + seconds(30));
  }
}

TEST(AccountRequest, A13_CreatesNoAccount) {
  FakeCa ca(test_key());
  const LookedUp got(ca);
  ASSERT_EQ(ca.seen.size(), 2U);
  EXPECT_EQ(ca.seen[0].payload, R"({"onlyReturnExisting":true})");
  EXPECT_EQ(ca.seen[0].header["jwk"], Json::parse(test_key().public_jwk()));
  EXPECT_FALSE(ca.seen[0].header.contains("kid"));
  EXPECT_EQ(ca.seen[1].payload, "");
  EXPECT_EQ(ca.seen[1].header["kid"], account_url);
  EXPECT_FALSE(ca.seen[1].header.contains("jwk"));
  EXPECT_EQ(ca.accounts_created, 0);
}

TEST(AccountRequest, A11_KeyWithoutAccountIsAnAnswer) {
  FakeCa ca(test_key());
  ca.has_account = false;
  const LookedUp got(ca);
  ASSERT_TRUE(got.answer);
  EXPECT_EQ(got.answer->outcome, AccountOutcome::does_not_exist);
  EXPECT_FALSE(is_usable(*got.answer));
  EXPECT_EQ(got.line(),
            "no account at https://ca.example/directory has the key with the thumbprint " +
                test_key().thumbprint());
}

struct StatusCase {
  std::string name;
  std::string new_account_status;
  std::string account_status;
  std::string want;
  std::size_t requests;
  friend void PrintTo(const StatusCase& row, std::ostream* out) { *out << row.name; }
};

const StatusCase status_cases[] = {
    {"deactivated", "valid", "deactivated",
     "the account https://ca.example/acct/123 is deactivated", 4},
    {"revoked", "valid", "revoked", "the account https://ca.example/acct/123 is revoked", 4},
    {"deactivated_at_once", "deactivated", "",
     "the account https://ca.example/acct/123 is deactivated", 3},
    {"revoked_at_once", "revoked", "", "the account https://ca.example/acct/123 is revoked", 3},
    {"first_answer_without_status", "", "valid", "the account https://ca.example/acct/123 is valid",
     4},
    {"unknown", "valid", "odd\n",
     R"(https://ca.example/acct/123 gives the account the status "odd\x0a", which RFC 8555 does not know)",
     4},
};

class Status : public ::testing::TestWithParam<StatusCase> {};

TEST_P(Status, A12_IsSaid) {
  FakeCa ca(test_key());
  ca.new_account_status = GetParam().new_account_status;
  ca.account_status = GetParam().account_status;
  const LookedUp got(ca);
  EXPECT_EQ(got.line(), GetParam().want);
  EXPECT_EQ(got.answer && is_usable(*got.answer), GetParam().account_status == "valid");
  EXPECT_EQ(got.http.requests.size(), GetParam().requests);
}

INSTANTIATE_TEST_SUITE_P(Table, Status, ::testing::ValuesIn(status_cases),
                         [](const auto& row) { return row.param.name; });

TEST(AccountRequest, A12_ClosedAccountThatMayNotAskIsAnAnswer) {
  for (const char* step : {"new_account", "account"}) {
    FakeCa ca(test_key());
    ca.fault_step = step;
    ca.fault = [](HttpResponse& response) {
      response.status = 401;
      response.body = problem_json("unauthorized", "account is deactivated");
    };
    const LookedUp got(ca);
    ASSERT_TRUE(got.answer) << step;
    EXPECT_EQ(got.answer->outcome, AccountOutcome::not_usable);
    EXPECT_FALSE(is_usable(*got.answer));
    EXPECT_EQ(got.line(),
              "https://ca.example/directory refuses the account of the key with the thumbprint " +
                  test_key().thumbprint() +
                  ", as it does when one is deactivated or revoked: unauthorized: \"account is "
                  "deactivated\"");
  }
}

TEST(AccountRequest, A06_SilenceIsNoAnswer) {
  FakeTimer timer;
  FakeHttpClient http([](const HttpRequest& request) -> Expected<HttpResponse, HttpError> {
    return Unexpected(HttpError{.code = HttpErrorCode::timed_out, .url = request.url});
  });
  const auto got = look_up_account(http, timer, test_key(),
                                   {.directory_url = directory_url, .deadline = timer.now()});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, FetchErrorCode::no_answer);
  EXPECT_EQ(explain(got.error()), "https://ca.example/directory: no complete answer in time");
}

TEST(AccountRequest, A01_OtherUrlsAreNotAsked) {
  for (const char* url : {"http://ca.example/d", "file:///etc/passwd", "ftp://ca.example/",
                          "https://u:p@ca.example/", "https://", "", "ca.example"}) {
    FakeTimer timer;
    FakeCa ca(test_key());
    FakeHttpClient http([&](const HttpRequest& request) { return ca.answer(request); });
    const auto got =
        look_up_account(http, timer, test_key(), {.directory_url = url, .deadline = timer.now()});
    ASSERT_FALSE(got) << url;
    EXPECT_EQ(got.error().transport->code, HttpErrorCode::bad_url) << url;
    EXPECT_THAT(http.requests, IsEmpty()) << url;
  }
}

TEST(AccountRequest, A16_StagingAndProductionAreToldApart) {
  const std::string production = "https://acme-v02.api.letsencrypt.org";
  const std::string staging = "https://acme-staging-v02.api.letsencrypt.org";
  EXPECT_EQ(find_origin_mismatch(production + "/acme/acct/1", production + ":443/directory"),
            std::nullopt);
  EXPECT_EQ(find_origin_mismatch(staging + "/acme/acct/1", production + "/directory"),
            "the account is at " + staging + ", the directory at " + production);
  EXPECT_EQ(find_origin_mismatch("/acct/1", production), "one is no https:// URL");
}

}  // namespace
}  // namespace persist::acme
