// S13: what stands at the same name for another purpose may be a secret, and reports are public. No
// rule quotes it, whatever else is wrong, and whatever it looks like.

#include <gtest/gtest.h>

#include "base/ascii.h"
#include "findings.h"
#include "rules/all_rules.h"
#include "rules/example.h"

namespace persist::rules {
namespace {

const std::string secret = "hunter2";

/// Foreign values, among them ones that resemble a record of this method.
const std::vector<std::string>& foreign_values() {
  static const std::vector<std::string> values{
      "db-password=hunter2",
      "hunter2",
      "hunter2; hunter2; hunter2=hunter2",
      "; hunter2",
      "=hunter2; hunter2=",
      " \thunter2\t",
      "\"hunter2; policy\"",
      "v=spf1 include:hunter2.corp.example -all",
      "{\"token\": \"hunter2\"}",
      "account=admin; password=hunter2",
      "policy=hunter2; token=hunter2",
      "token hunter2 for ca.example",
      "ca.example password hunter2",
      "password=hunter2, ca.example; accounturi",
      "hunter2 https://ca.example/acct/1",
      "key=hunter2; url=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
      "letsencrypt.org token=hunter2",
      "accounturi hunter2",
      "persistUntil: hunter2; policy",
      "hunter2\xff\x01\xe2\x80\x9c",
      "\xe2\x80\x9chunter2\xe2\x80\x9d",
      "10.0.0.1 hunter2",
      "hunter2.Pa55w0rd",
      std::string(250, 'x') + "hunter2" + std::string(250, 'y'),
  };
  return values;
}

void expect_no_secret(const Subject& subject) {
  for (const report::Diagnostic& found : run_rules(subject)) {
    EXPECT_FALSE(contains(to_lower(found.message), secret)) << found.rule << ": " << found.message;
    EXPECT_FALSE(contains(to_lower(found.hint), secret)) << found.rule << ": " << found.hint;
  }
}

/// The bad example of a rule, with `value` as a further record.
Subject make_example_beside(const Rule& rule, const std::string& value) {
  Subject subject = make_bad_example(rule.example);
  record::NameAnswer& answer = subject.answers.front();
  if (answer.outcome == record::DnsOutcome::nxdomain ||
      answer.outcome == record::DnsOutcome::nodata) {
    answer.outcome = record::DnsOutcome::answered;
  }
  answer.rrset.push_back({.character_strings = {value}});
  judge(subject);
  return subject;
}

class S13_ForeignText : public ::testing::TestWithParam<const Rule*> {};

TEST_P(S13_ForeignText, IsNotQuotedBesideTheBadExample) {
  for (const std::string& value : foreign_values())
    expect_no_secret(make_example_beside(*GetParam(), value));
}

TEST_P(S13_ForeignText, IsNotQuotedWhereItStandsAlone) {
  for (const std::string& value : foreign_values()) {
    Example example = GetParam()->example;
    example.bad = {value};
    expect_no_secret(make_bad_example(example));
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, S13_ForeignText,
                         ::testing::ValuesIn(all_rules().begin(), all_rules().end()),
                         [](const auto& row) { return std::string(row.param->id); });

/// A record of ours that lacks something, and a foreign one that would complete it.
TEST(S13_ForeignText, IsNotQuotedWhereItFitsBehindARecord) {
  for (const char* const ours :
       {"ca.example; accounturi=https://ca.example/acct/1;", "ca.example;", "ca.example; "}) {
    for (const std::string& value : foreign_values()) {
      Example example{.good = {}, .bad = {ours, value}};
      expect_no_secret(make_bad_example(example));
    }
  }
}

/// The CA answers to a name of one label, which shows of no record that it is one of this method.
TEST(S13_ForeignText, IsNotQuotedForACaOfOneLabel) {
  for (const char* const value :
       {"internal; hunter2", "internal; hunter2=x", "internal, hunter2"}) {
    Example example{
        .good = {}, .bad = {value}, .spoil = [](Subject& subject) {
          subject.required.issuer_domain_names = {record::DomainName::parse("internal").value()};
        }};
    expect_no_secret(make_bad_example(example));
  }
}

}  // namespace
}  // namespace persist::rules
