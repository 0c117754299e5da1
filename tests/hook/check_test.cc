// persist-hook check: what is told, what is asked, and the exit status.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "hook_runs.h"

namespace persist::hook {
namespace {

using persist::testing::account_url;
using persist::testing::failed_answer;
using persist::testing::FakeEnvironment;
using persist::testing::issuer;
using persist::testing::Outcome;
using persist::testing::txt_answer;
using persist::testing::usual_record;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string wildcard_record = usual_record + "; policy=wildcard";
const std::vector<std::string> let_us_encrypt{
    "--ca", "letsencrypt", "--account-url",
    "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"};
const std::vector<std::string> hashed{"--issuer",
                                      issuer,
                                      "--dialect",
                                      "02",
                                      "--account-url",
                                      account_url,
                                      "--account-hash-prefix",
                                      "https://ca.example/hash/",
                                      "--thumbprint",
                                      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};

std::vector<std::string> check(const std::vector<std::string>& names,
                               const std::vector<std::string>& options = {}) {
  return std::vector<std::string>{"check"} + names + options;
}

void good(FakeEnvironment& fake) {
  fake.resolver.set_record("example.com", {usual_record});
}

/// One name of each outcome.
void mixed(FakeEnvironment& fake) {
  good(fake);
  fake.resolver.set_record("b.example", failed_answer(dns::LookupErrorCode::rcode));
  fake.resolver.set_record("c.example", txt_answer({}));
}

const std::vector<std::string> mixed_names{"example.com", "b.example", "c.example"};

void foreign_text(FakeEnvironment& fake) {
  fake.resolver.set_record(
      "example.com", {"db-password=hunter2", "v=spf1 include:hunter2.corp -all", "hunter2; b=c",
                      "hunter2; hunter2", "a b; hunter2=\"x\"", "{\"token\": \"hunter2\"}",
                      "=hunter2", "db.corp.example hunter2", "account=admin; password=hunter2",
                      "hunter2 https://ca.example/acct/1"});
}

const Case cases[] = {
    {"authorized",
     check({"example.com"}, own_ca),
     0,
     good,
     {"example.com", "CAA example.com", "CAA com"}},
    {"authorized_by_d",
     check({"-d", "example.com"}, own_ca),
     0,
     good,
     {"example.com", "CAA example.com", "CAA com"}},
    {"authorized_quiet",
     check({"example.com", "--quiet"}, own_ca),
     0,
     good,
     {"example.com", "CAA example.com", "CAA com"}},
    {"authorized_verbose",
     check({"example.com", "--verbose"}, own_ca),
     0,
     good,
     {"example.com", "CAA example.com", "CAA com"}},
    {"authorized_warning",
     check({"example.com"}, own_ca),
     0,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record("example.com", {usual_record + "; persistUntil=1796000000"});
     },
     {"example.com", "CAA example.com", "CAA com"}},
    {"authorized_no_warning",
     check({"example.com", "--warn-before", "1d"}, own_ca),
     0,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record("example.com", {usual_record + "; persistUntil=1796000000"});
     },
     {"example.com", "CAA example.com", "CAA com"}},
    {"authorized_at_lets_encrypt",
     check({"example.com"}, let_us_encrypt),
     0,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record(
           "example.com", {"letsencrypt.org; "
                           "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"});
     },
     {"example.com", "CAA example.com", "CAA com"}},
    {"what_is_about_the_ca_is_told_once",
     check({"example.com", "b.example", "c.example"}, let_us_encrypt),
     1,
     [](FakeEnvironment& fake) {
       const std::string record =
           "letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890";
       fake.resolver.set_record("example.com", {record});
       fake.resolver.set_record("c.example", {record});
     },
     {"example.com", "b.example", "c.example", "CAA example.com", "CAA c.example", "CAA com",
      "CAA example"}},
    {"same_name_in_other_words",
     check({"EXAMPLE.com.", "example.com", "-d", "example.com"}, own_ca),
     0,
     good,
     {"example.com", "CAA example.com", "CAA com"}},
    {"unicode_name",
     check({"b\xc3\xbc"
            "cher.example"},
           own_ca),
     0,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record("xn--bcher-kva.example", {usual_record});
     },
     {"xn--bcher-kva.example", "CAA xn--bcher-kva.example", "CAA example"}},
    {"wildcard_adds_the_wildcard_name",
     check({"example.com", "--wildcard"}, own_ca),
     0,
     [](FakeEnvironment& fake) { fake.resolver.set_record("example.com", {wildcard_record}); },
     {"example.com", "CAA example.com", "CAA com"}},
    {"wildcard_needs_policy",
     check({"example.com", "--wildcard"}, own_ca),
     1,
     good,
     {"example.com", "CAA example.com", "CAA com"}},
    {"one_record_is_proposed_for_both",
     check({"example.com", "*.example.com"}, own_ca),
     1,
     nullptr,
     {"example.com"}},
    {"refused_nxdomain", check({"example.com"}, own_ca), 1, nullptr, {"example.com"}},
    {"refused_nodata",
     check({"example.com"}, own_ca),
     1,
     [](FakeEnvironment& fake) { fake.resolver.set_record("example.com", txt_answer({})); },
     {"example.com"}},
    {"refused_other_account",
     check({"example.com"}, own_ca),
     1,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record("example.com",
                                {"ca.example; accounturi=https://ca.example/acct/9"});
     },
     {"example.com"}},
    {"refused_at_another_time",
     check({"example.com", "--now", "2030-01-01T00:00:00Z"}, own_ca),
     1,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record("example.com", {usual_record + "; persistUntil=1800000000"});
     },
     {"example.com"}},
    {"refused_quiet", check({"example.com", "--quiet"}, own_ca), 1, nullptr, {"example.com"}},
    {"refused_25_records",
     check({"example.com"}, own_ca),
     1,
     [](FakeEnvironment& fake) {
       std::vector<std::string> texts;
       for (int i = 10; i < 35; ++i)
         texts.push_back(fmt::format("ca.example; accounturi=https://ca.example/acct/{}", i));
       fake.resolver.set_record("example.com", texts);
     },
     {"example.com"}},
    {"O_hostile_record",
     check({"example.com"}, own_ca),
     1,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record(
           "example.com", {"ca.example; accounturi=\x1b[2J\n::error::x\r##[error]\xe2\x80\xae"});
     },
     {"example.com"}},
    {"refused_name_too_long",
     check({std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
            std::string(42, 'd')},
           own_ca),
     1},
    {"S13_foreign_text", check({"example.com"}, own_ca), 1, foreign_text, {"example.com"}},
    {"S06_account_from_a_variable",
     check({"example.com", "--issuer", issuer}),
     1,
     [](FakeEnvironment& fake) {
       fake.variables = {{"PERSIST_HOOK_ACCOUNT_URL", account_url}};
     },
     {"example.com"}},
    {"S06_account_from_the_settings_file",
     check({"example.com", "--issuer", issuer}),
     1,
     [](FakeEnvironment& fake) {
       fake.files["/etc/persist-hook.yaml"] = "account-url: " + account_url + "\n";
     },
     {"example.com"}},
    {"alias_of_nothing",
     check({"example.com"}, own_ca),
     1,
     [](FakeEnvironment& fake) {
       dns::Answer answer = *persist::testing::nxdomain_answer();
       answer.chain.push_back(dns::Name::parse("example-com.vp.host.example").value());
       fake.resolver.set_record("example.com", Outcome(answer));
     },
     {"example.com"}},
    {"D03_unknown_servfail",
     check({"example.com"}, own_ca),
     3,
     [](FakeEnvironment& fake) {
       fake.resolver.set_record("example.com", failed_answer(dns::LookupErrorCode::rcode));
     },
     {"example.com"}},
    {"G02_unknown_forged",
     check({"example.com"}, own_ca),
     3,
     [](FakeEnvironment& fake) {
       dns::Answer answer = *txt_answer({usual_record});
       answer.extended_error = dns::ExtendedError{.code = 4};
       fake.resolver.set_record("example.com", Outcome(answer));
     },
     {"example.com"}},
    {"several", check(mixed_names + own_ca), 1, mixed,
     mixed_names + std::vector<std::string>{"CAA example.com", "CAA com"}},
    {"authorized_and_unknown",
     check({"example.com", "b.example"}, own_ca),
     3,
     mixed,
     {"example.com", "b.example", "CAA example.com", "CAA com"}},
    {"climbing",
     check({"a.example.com", "--climb-parents"}, own_ca),
     0,
     [](FakeEnvironment& fake) { fake.resolver.set_record("example.com", {wildcard_record}); },
     {"a.example.com", "example.com", "CAA a.example.com", "CAA example.com", "CAA com"}},
    {"hashed_refused", check({"example.com"}, hashed), 1, good, {"example.com"}},
    {"time_limit_reached",
     check(mixed_names + own_ca),
     3,
     [](FakeEnvironment& fake) {
       good(fake);
       fake.resolver.window = 1;
       fake.resolver.answers_before_stop = 3;  // TXT and CAA of the first name
     },
     {"example.com", "CAA example.com", "CAA com"}},
    {"interrupted",
     check(mixed_names + own_ca),
     3,
     [](FakeEnvironment& fake) {
       good(fake);
       fake.resolver.window = 1;
       fake.resolver.answers_before_stop = 3;  // TXT and CAA of the first name
       fake.resolver.sets_stop_flag = true;
     },
     {"example.com", "CAA example.com", "CAA com"}},
    {"json_authorized",
     check({"example.com", "--format", "json"}, own_ca),
     0,
     good,
     {"example.com", "CAA example.com", "CAA com"}},
    {"json_several", check(mixed_names, std::vector<std::string>{"--format", "json"} + own_ca), 1,
     mixed, mixed_names + std::vector<std::string>{"CAA example.com", "CAA com"}},
    {"json_S13_foreign_text",
     check({"example.com", "--format", "json"}, own_ca),
     1,
     foreign_text,
     {"example.com"}},
    {"json_S06_account_from_a_variable",
     check({"example.com", "--issuer", issuer, "--format", "json"}),
     1,
     [](FakeEnvironment& fake) {
       fake.variables = {{"PERSIST_HOOK_ACCOUNT_URL", account_url}};
     },
     {"example.com"}},
    {"json_interrupted",
     check(mixed_names, std::vector<std::string>{"--format", "json"} + own_ca),
     3,
     [](FakeEnvironment& fake) {
       good(fake);
       fake.resolver.window = 1;
       fake.resolver.answers_before_stop = 3;  // TXT and CAA of the first name
       fake.resolver.sets_stop_flag = true;
     },
     {"example.com", "CAA example.com", "CAA com"}},
};

class Check : public ::testing::TestWithParam<Case> {};

TEST_P(Check, WholeOutput) {
  expect_run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, Check, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(CheckText, S13_NoOctetOfAForeignRecordIsShown) {
  for (const char* const format : {"text", "json"}) {
    FakeEnvironment fake;
    foreign_text(fake);
    const auto got = fake.run(run, check({"example.com", "--verbose", "--format", format}, own_ca));
    EXPECT_THAT(got.out + got.err, Not(HasSubstr("hunter2")));
    EXPECT_EQ(got.status, 1);
  }
}

TEST(CheckText, S06_NothingIsProposedForAnAccountOfTheEnvironment) {
  for (const char* const format : {"text", "json"}) {
    FakeEnvironment fake;
    fake.variables = {{"PERSIST_HOOK_ACCOUNT_URL", account_url}};
    const auto got = fake.run(run, check({"example.com", "--issuer", issuer, "--format", format}));
    EXPECT_THAT(got.out + got.err, Not(HasSubstr("IN TXT")));
  }
}

TEST(CheckText, L04_TheOrderOfAnswersLeavesNoTrace) {
  std::vector<std::string> names;
  for (int i = 0; i < 60; ++i) names.push_back(fmt::format("n{}.example", i));
  std::vector<persist::testing::ProgramRun> runs;
  for (const auto order :
       {persist::testing::AnswerOrder::first_come, persist::testing::AnswerOrder::last_come,
        persist::testing::AnswerOrder::shuffled}) {
    FakeEnvironment fake;
    fake.resolver.order = order;
    for (std::size_t i = 0; i < names.size(); i += 2)
      fake.resolver.set_record(names[i], {usual_record});
    runs.push_back(fake.run(run, check(names + own_ca)));
  }
  EXPECT_EQ(runs[0].status, 1);
  EXPECT_EQ(runs[0], runs[1]);
  EXPECT_EQ(runs[0], runs[2]);
}

TEST(CheckText, JsonCanBeReadWhateverTheRecordHolds) {
  std::string octets;
  for (int i = 0; i < 256; ++i) octets += static_cast<char>(i);
  FakeEnvironment fake;
  fake.resolver.set_record("example.com", {"ca.example; accounturi=" + octets});
  const auto got = fake.run(run, check({"example.com", "--format", "json"}, own_ca));
  const auto document = nlohmann::json::parse(got.out);
  EXPECT_EQ(document["complete"], true);
  EXPECT_EQ(document["checks"][0]["verdict"], "refused");
  EXPECT_THAT(got.err, Not(HasSubstr("\x1b")));
}

TEST(CheckText, JsonIsAsTheSchemaSays) {
  FakeEnvironment fake;
  mixed(fake);
  const auto got =
      fake.run(run, check(mixed_names, std::vector<std::string>{"--format", "json"} + own_ca));
  testing::expect_golden("hook/several.json", got.out);  // read by the test hook.schema, too
}

TEST(CheckText, TheResolverIsTheOneThatWasGiven) {
  FakeEnvironment fake;
  good(fake);
  fake.files.clear();
  EXPECT_EQ(fake.run(run, check({"example.com", "--resolver", "[::1]:5353"}, own_ca)).status, 0);
  ASSERT_TRUE(fake.resolver_settings());
  EXPECT_EQ(fake.resolver_settings()->servers,
            std::vector{*dns::parse_server_address("[::1]:5353")});
}

}  // namespace
}  // namespace persist::hook
