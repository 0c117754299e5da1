#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/example_subjects.h"
#include "rules/findings.h"

namespace persist::rules {
namespace {

using ::testing::ElementsAreArray;

const std::string account = "ca.example; accounturi=https://ca.example/acct/1";
const std::string no_end = "DP514 notice: the record has policy=wildcard and no persistUntil";
const std::string needed =
    "DP401 error: *.example.com is wanted, but the record of example.com lacks policy=wildcard";

struct Case {
  std::string name;
  std::vector<std::string> records;
  std::vector<std::string> want;
  void (*arrange)(Subject&) = nullptr;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

void list_wildcard_too(Subject& subject) {
  list_plain_name(subject);
  subject.wildcard_listed = true;
}

void climb_to_example_com(Subject& subject) {
  subject.required.identifier.name = record::DomainName::parse("www.example.com").value();
  subject.required.climb = true;
  subject.answers.push_back(subject.answers.front());
  subject.answers.front() = {.validated_fqdn = subject.required.identifier.name,
                             .outcome = record::DnsOutcome::nxdomain};
}

std::string unknown_value(const std::string& shown) {
  return "DP403 warning: policy is " + shown +
         ", which has no effect: the one known value is wildcard";
}

const Case cases[] = {
    {"wildcard_granted", {account + "; policy=wildcard"}, {no_end}, ask_for_wildcard},
    {"wildcard_needed", {account}, {needed}, ask_for_wildcard},
    {"both_records_beside_each_other",
     {account, account + "; policy=wildcard"},
     {no_end},
     ask_for_wildcard},
    {"unknown_value",
     {account + "; policy=exact"},
     {needed, unknown_value("\"exact\"")},
     ask_for_wildcard},
    {"no_value", {account + "; policy="}, {needed, unknown_value("empty")}, ask_for_wildcard},
    {"quotes_are_the_cause",
     {account + "; policy=\"wildcard\""},
     {"DP201", unknown_value("\"\\\"wildcard\\\"\"")},
     ask_for_wildcard},
    {"wrong_tag",
     {account + "; scope=wildcard"},
     {needed,
      "DP405 error: a wildcard is wished for by \"scope=wildcard\", expected policy=wildcard"},
     ask_for_wildcard},
    {"tutorial_tag",
     {account + "; wildcard-allowed=true"},
     {"DP405 error: a wildcard is wished for by \"wildcard-allowed=true\", expected "
      "policy=wildcard"}},
    {"tutorial_value", {account + "; policy=subdomains"}, {unknown_value("\"subdomains\"")}},
    {"tag_without_a_wish", {account + "; scope=exact"}, {"DP217"}},
    {"capitals",
     {account + "; policy=WILDCARD"},
     {"DP404 notice: policy is \"WILDCARD\", expected \"wildcard\"", no_end}},
    {"broad_for_a_listed_plain_name",
     {account + "; policy=wildcard"},
     {"DP402 warning: the record says policy=wildcard, but only example.com is on the list, not "
      "*.example.com",
      no_end},
     list_plain_name},
    {"not_broad_where_the_wildcard_is_listed",
     {account + "; policy=wildcard"},
     {no_end},
     list_wildcard_too},
    {"not_broad_where_no_list_speaks", {account + "; policy=wildcard"}, {no_end}},
    {"parent_must_be_a_wildcard",
     {account},
     {"DP401 error: www.example.com is wanted, but the record of example.com lacks "
      "policy=wildcard"},
     climb_to_example_com},
};

class Policy : public ::testing::TestWithParam<Case> {};

TEST_P(Policy, IsSaidOnce) {
  EXPECT_THAT(testing::findings(GetParam().records, GetParam().arrange),
              ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, Policy, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::rules
