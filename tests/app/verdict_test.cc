// The sentence of a verdict, what is proposed for it, and what goes into the report.

#include "app/verdict.h"

#include <gmock/gmock.h>

#include "support/fake_resolver.h"
#include "support/records.h"
#include "survey/survey.h"

namespace persist::app {
namespace {

using persist::testing::failed_answer;
using persist::testing::name;
using persist::testing::now;
using persist::testing::nxdomain_answer;
using persist::testing::Outcome;
using persist::testing::profile;
using persist::testing::txt_answer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string account = "https://acme-v02.api.letsencrypt.org/acme/acct/1";
const std::string good = "letsencrypt.org; accounturi=" + account;

AccountRequest request() {
  return {.ca = &profile("letsencrypt"),
          .account = {.url = account},
          .label = "le-prod",
          .source = "list"};
}

/// A check of `identifier` to which DNS gave this answer.
survey::Subject answered(std::string_view identifier, const Outcome& outcome) {
  auto subject = make_subject(*record::parse_identifier(identifier), request(), now);
  const auto& asked = subject.required.identifier.name;
  subject.owner = *record::validation_domain_name(asked);
  subject.answers = {survey::to_name_answer(asked, outcome)};
  if (!outcome) subject.lookup.error = outcome.error();
  if (outcome) {
    subject.lookup.chain = outcome->chain;
    subject.lookup.extended_error = outcome->extended_error;
  }
  survey::judge(subject);
  return subject;
}

Outcome with_ede(Outcome outcome, dns::ExtendedError error) {
  dns::Answer answer = *std::move(outcome);
  answer.extended_error = std::move(error);
  return answer;
}

Outcome aliased(Outcome outcome) {
  dns::Answer answer = *std::move(outcome);
  answer.chain = {*dns::Name::parse("a.example.net"), *dns::Name::parse("b\\.c.example.net")};
  return answer;
}

struct Case {
  std::string title;
  std::string identifier;
  Outcome outcome;
  std::string message;
  std::vector<std::string> publish{};
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.title; }
};

const std::string plain_line = "_validation-persist.example.com. 3600 IN TXT \"" + good + "\"";
const std::string wildcard_line =
    "_validation-persist.example.com. 3600 IN TXT \"" + good + "; policy=wildcard\"";

const Case cases[] = {
    {"authorized", "example.com", txt_answer({good}), "wildcard: no; until: never"},
    {"authorized_until", "*.example.com",
     txt_answer({good + "; policy=wildcard; persistUntil=1800000000"}),
     "wildcard: yes; until: 2027-01-15T08:00:00Z"},
    {"nxdomain",
     "example.com",
     nxdomain_answer(),
     "the record is missing: the name does not exist (NXDOMAIN)",
     {plain_line}},
    {"nodata",
     "example.com",
     txt_answer({}),
     "the record is missing: the name exists, but has no TXT record",
     {plain_line}},
    {"D31_alias_of_nothing",
     "example.com",
     aliased(nxdomain_answer()),
     "the record is missing: the name does not exist (NXDOMAIN); it is an alias of "
     "b\\.c.example.net",
     {"b\\.c.example.net. 3600 IN TXT \"" + good + "\""}},
    {"S13_foreign_record",
     "example.com",
     txt_answer({"hunter2"}),
     "the record is not for letsencrypt.org",
     {plain_line}},
    {"S13_foreign_records",
     "example.com",
     txt_answer({"v=spf1 -all", "ca.example; accounturi=x"}),
     "none of 2 records is for letsencrypt.org",
     {plain_line}},
    {"wildcard_wanted",
     "*.example.com",
     txt_answer({good}),
     "the record lacks policy=wildcard, so it does not cover the wildcard "
     "name",
     {wildcard_line}},
    {"expired",
     "example.com",
     txt_answer({good + "; persistUntil=1700000000"}),
     "the record expired: persistUntil=1700000000 was 2023-11-14T22:13:20Z, "
     "now it is 2026-11-21T00:00:00Z",
     {plain_line}},
    {"D03_servfail", "example.com", failed_answer(dns::LookupErrorCode::rcode),
     "resolver 192.0.2.53 could not get an answer (SERVFAIL)"},
    {"G02_forged", "example.com", with_ede(txt_answer({good}), {.code = 4, .text = "\x1b[2J"}),
     "the resolver itself calls its answer Forged Answer"},
    {"G02_blocked", "example.com", with_ede(nxdomain_answer(), {.code = 15}),
     "the resolver itself calls its answer Blocked"},
};

class Verdicts : public ::testing::TestWithParam<Case> {};

TEST_P(Verdicts, AreToldAndProposed) {
  const auto subject = answered(GetParam().identifier, GetParam().outcome);
  EXPECT_EQ(verdict_message(subject), GetParam().message);
  EXPECT_EQ(lines_to_publish(subject), GetParam().publish);
}

INSTANTIATE_TEST_SUITE_P(Table, Verdicts, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.title; });

TEST(LinesToPublish, OneRecordForNameAndWildcard) {
  auto subject = answered("example.com", nxdomain_answer());
  subject.wildcard_listed = true;
  EXPECT_THAT(lines_to_publish(subject), ElementsAre(wildcard_line));
}

TEST(LinesToPublish, NothingWhereNoRecordCanBeMade) {
  auto subject = answered("example.com", nxdomain_answer());
  subject.required.account.url = "https://ca.example/1;policy=wildcard";
  EXPECT_THAT(lines_to_publish(subject), IsEmpty());
}

TEST(MakeSubject, TakesEverythingFromProfileAndRequest) {
  record::CaProfile ca = profile("strict-02");
  ca.issuer_domain_names = {"a.example", "b.example"};
  ca.account_hash_prefix = "https://a.example/h/";
  ca.hash_algs = {"sha-384"};
  ca.climbs = true;
  const AccountRequest wanted{.ca = &ca,
                              .account = {.url = account},
                              .label = "le-prod",
                              .source = "list",
                              .compromised = true};
  const auto subject = make_subject(*record::parse_identifier("*.example.com"), wanted, now);
  EXPECT_EQ(subject.required.identifier.text(), "*.example.com");
  EXPECT_THAT(subject.required.issuer_domain_names,
              ElementsAre(name("a.example"), name("b.example")));
  EXPECT_EQ(subject.required.account.url, account);
  EXPECT_EQ(subject.required.account_hash_prefix, "https://a.example/h/");
  EXPECT_THAT(subject.required.hash_algs, ElementsAre("sha-384"));
  EXPECT_TRUE(subject.required.climb);
  EXPECT_EQ(subject.ca, &ca);
  EXPECT_EQ(subject.now, now);
  EXPECT_TRUE(subject.compromised_account);
  EXPECT_EQ(subject.account_source, "list");
}

TEST(ToPermitted, TakesEverythingFromTheRequest) {
  const auto permitted = to_permitted(request());
  EXPECT_EQ(permitted.label, "le-prod");
  EXPECT_THAT(permitted.issuer_domain_names, ElementsAre(name("letsencrypt.org")));
  EXPECT_EQ(permitted.account.url, account);
  EXPECT_EQ(permitted.ca, &profile("letsencrypt"));
}

TEST(ToCheckResult, TakesEverythingFromTheSubject) {
  auto subject = answered("*.example.com", aliased(txt_answer({good + "; policy=wildcard"})));
  subject.lookup.authenticated = true;
  config::DomainEntry entry{.identifier = subject.required.identifier,
                            .labels = {{"team", "payments"}},
                            .location = {"list.yaml", 3, 5}};
  subject.entry = &entry;
  const auto result = to_check_result(
      subject,
      {{.severity = report::Severity::notice, .rule = "DP501", .name = "n", .message = "m"}});
  EXPECT_EQ(result.identifier.text(), "*.example.com");
  EXPECT_EQ(result.owner, "_validation-persist.example.com");
  EXPECT_EQ(result.ca, "letsencrypt");
  EXPECT_EQ(result.account_label, "le-prod");
  EXPECT_EQ(result.account_url, account);
  EXPECT_EQ(result.account_source, "list");
  EXPECT_TRUE(result.dnssec_validated);
  EXPECT_THAT(result.alias_chain, ElementsAre("a.example.net", "b\\.c.example.net"));
  EXPECT_EQ(result.evaluation.outcome, record::Outcome::authorized);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].rule, "DP501");
  EXPECT_EQ(result.message, "wildcard: yes; until: never");
  EXPECT_THAT(result.publish, IsEmpty());
  EXPECT_EQ(result.now, now);
  EXPECT_EQ(result.labels.at("team"), "payments");
  EXPECT_EQ(result.location, (Location{"list.yaml", 3, 5}));
}

}  // namespace
}  // namespace persist::app
