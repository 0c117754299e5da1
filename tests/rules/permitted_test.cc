#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/example_subjects.h"
#include "rules/findings.h"

namespace persist::rules {
namespace {

using ::testing::ElementsAreArray;

const std::string ours = "ca.example; accounturi=https://ca.example/acct/1";
const std::string second = "ca.example; accounturi=https://ca.example/acct/2";
const std::string elsewhere = "other-ca.example; accounturi=https://other-ca.example/acct/7";

struct Case {
  std::string name;
  std::vector<std::string> records;
  std::vector<std::string> want;
  void (*arrange)(Subject&) = nullptr;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

void permit_too(Subject& subject, survey::Permitted account) {
  std::vector<survey::Permitted> accounts(subject.permitted.begin(), subject.permitted.end());
  accounts.push_back(std::move(account));
  subject.permitted = permit(std::move(accounts));
}

void permit(Subject& subject, const std::string& label, const std::string& issuer,
            const std::string& url) {
  permit_too(subject, {.label = label,
                       .issuer_domain_names = {record::DomainName::parse(issuer).value()},
                       .account = {.url = url},
                       .ca = record::find_profile("strict-01")});
}

void permit_second(Subject& subject) {
  list_plain_name(subject);
  permit(subject, "second", "ca.example", "https://ca.example/acct/2");
}

void permit_elsewhere(Subject& subject) {
  list_plain_name(subject);
  permit(subject, "elsewhere", "other-ca.example", "https://other-ca.example/acct/8");
}

void permit_hash(Subject& subject) {
  list_plain_name(subject);
  permit_too(subject, {.label = "hashed",
                       .issuer_domain_names = {record::DomainName::parse("ca.example").value()},
                       .account = {.url = "https://ca.example/acct/123",
                                   .thumbprints = {"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"}},
                       .account_hash_prefix = "https://ca.example/account-hash/",
                       .ca = record::find_profile("strict-01")});
}

void permit_careless_ca(Subject& subject) {
  list_plain_name(subject);
  permit_too(subject,
             {.label = "careless",
              .issuer_domain_names = {record::DomainName::parse("other-ca.example").value()},
              .account = {.url = "https://other-ca.example/acct/7"},
              .ca = record::find_profile("br-only")});
}

void call_compromised(Subject& subject) {
  list_plain_name(subject);
  subject.compromised_account = true;
}

config::Settings make_settings() {
  config::Settings settings;
  settings.accounts["old"] = {.name = "old",
                              .ca = "strict-01",
                              .account = {.url = "https://ca.example/acct/2"},
                              .compromised = true};
  return settings;
}

void call_second_compromised(Subject& subject) {
  static const config::Settings settings = make_settings();
  permit_second(subject);
  subject.settings = &settings;
}

void retire(Subject& subject) {
  static const config::DomainEntry entry{
      .identifier = {.name = record::DomainName::parse("example.com").value()},
      .state = config::EntryState::retired};
  subject.entry = &entry;
}

const Case cases[] = {
    {"ours_alone", {ours}, {}, list_plain_name},
    {"nobody_said", {ours, elsewhere}, {}},
    {"other_ca",
     {ours, elsewhere},
     {"DP331 warning: a record authorises account \"https://other-ca.example/acct/7\" at "
      "\"other-ca.example\", a CA that "
      "the list does not name"},
     list_plain_name},
    {"other_account",
     {ours, second},
     {"DP332 warning: a record authorises account \"https://ca.example/acct/2\" at ca.example, "
      "which the list does not "
      "name"},
     list_plain_name},
    {"permitted_account", {ours, second}, {}, permit_second},
    {"permitted_hash",
     {ours,
      "ca.example; "
      "accounturi=https://ca.example/account-hash/sha-256/"
      "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
     {},
     permit_hash},
    {"other_account_of_a_permitted_ca",
     {ours, elsewhere},
     {"DP332 warning: a record authorises account \"https://other-ca.example/acct/7\" at "
      "other-ca.example, which the list "
      "does not name"},
     permit_elsewhere},
    {"past_its_end", {ours, elsewhere + "; persistUntil=1700000000"}, {}, list_plain_name},
    {"other_account_alone",
     {second},
     {"DP310 error: accounturi is another account, \"https://ca.example/acct/2\", expected "
      "\"https://ca.example/acct/1\""},
     list_plain_name},
    {"permitted_account_alone",
     {second},
     {"DP310 error: accounturi is another account, \"https://ca.example/acct/2\" (second of the "
      "list), expected "
      "\"https://ca.example/acct/1\""},
     permit_second},
    {"retired_and_gone", {}, {}, retire},
    {"retired",
     {ours},
     {"DP334 error: example.com is retired, but a record for \"ca.example\" remains"},
     retire},
    {"retired_foreign_text", {"v=spf1 -all"}, {}, retire},
    {"compromised",
     {ours},
     {"DP334 error: a record names account \"https://ca.example/acct/1\", which the list calls "
      "compromised"},
     call_compromised},
    {"compromised_beside_ours",
     {ours, second},
     {"DP334 error: a record names account \"https://ca.example/acct/2\", which the list calls "
      "compromised"},
     call_second_compromised},
    {"careless_ca",
     {ours, elsewhere},
     {"DP407 warning: a CA with method 22 of the Baseline Requirements alone ignores policy: this "
      "record lets it issue "
      "for *.example.com too"},
     permit_careless_ca},
};

class PermittedAccounts : public ::testing::TestWithParam<Case> {};

TEST_P(PermittedAccounts, AreTheOnlyOnes) {
  EXPECT_THAT(testing::findings(GetParam().records, GetParam().arrange),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, PermittedAccounts, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(MethodNotOffered, SaysDateAndEvidence) {
  const auto lines = testing::findings(
      {"letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
      use_lets_encrypt);
  EXPECT_THAT(lines,
              ElementsAreArray(
                  {"DP801 warning: Let's Encrypt offers dns-persist-01 on its staging environment "
                   "only, as of 2026-11-21: on staging since April 2026; no evidence of production "
                   "use"}));
}

}  // namespace
}  // namespace persist::rules
