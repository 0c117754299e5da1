#include "report/check_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "samples.h"

namespace persist::report {
namespace {

using Json = nlohmann::json;

std::string line_of(const CheckResult& result) {
  std::string line;
  append_check(line, result);
  return line;
}

std::string octets_of(const Json& hex) {
  std::string octets;
  for (const auto& part : hex) {
    const auto digits = part.get<std::string>();
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
      octets += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
  }
  return octets;
}

struct Case {
  std::string name;
  record::TxtRecord found;
  Json want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string account{sample_account};
const std::string letters_hex = "63612e6578616d706c653b";

const Case cases[] = {
    {"authorises",
     txt({good_value("; policy=wildcard"), "; persistUntil=2000000001"}),
     {{"text", good_value("; policy=wildcard; persistUntil=2000000001")},
      {"octets", 127},
      {"ttl", 300},
      {"issuer", "letsencrypt.org"},
      {"accounturi", account},
      {"policy_wildcard", true},
      {"persist_until", 2'000'000'001},
      {"verdict", "authorized"},
      {"reason", nullptr},
      {"offset", nullptr}}},
    {"expired",
     txt({good_value("; persistUntil=-1")}),
     {{"text", good_value("; persistUntil=-1")},
      {"octets", 102},
      {"ttl", 300},
      {"issuer", "letsencrypt.org"},
      {"accounturi", account},
      {"policy_wildcard", false},
      {"persist_until", -1},
      {"verdict", "refused"},
      {"reason", "expired"},
      {"offset", nullptr}}},
    {"broken",
     txt({"letsencrypt.org; accounturi"}),
     {{"text", "letsencrypt.org; accounturi"},
      {"octets", 27},
      {"ttl", 300},
      {"issuer", "letsencrypt.org"},
      {"accounturi", nullptr},
      {"policy_wildcard", nullptr},
      {"persist_until", nullptr},
      {"verdict", "refused"},
      {"reason", "missing-equals"},
      {"offset", 17}}},
    {"issuer_missing",
     txt({";accounturi=x"}),
     {{"text", ";accounturi=x"},
      {"octets", 13},
      {"ttl", 300},
      {"issuer", nullptr},
      {"accounturi", "x"},
      {"policy_wildcard", false},
      {"persist_until", nullptr},
      {"verdict", "refused"},
      {"reason", "issuer-mismatch"},
      {"offset", nullptr}}},
};

class RecordJson : public testing::TestWithParam<Case> {};

TEST_P(RecordJson, HasEveryMember) {
  const Json check = Json::parse(line_of(answered("example.com", {GetParam().found})));
  ASSERT_EQ(check["records"].size(), 1U);
  Json got = check["records"][0];
  EXPECT_EQ(got["hex"].size(), GetParam().found.character_strings.size());
  EXPECT_EQ(octets_of(got["hex"]), GetParam().found.text());
  got.erase("hex");
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, RecordJson, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(CheckJson, S13_ShowsOnlyTheLengthOfOtherRecords) {
  const std::string line =
      line_of(answered("example.com", {txt({"v=spf1 ip4:10.9.8.7", " -all"})}));
  EXPECT_EQ(line.find("spf1"), std::string::npos) << line;
  EXPECT_EQ(line.find("10.9"), std::string::npos) << line;
  EXPECT_EQ(Json::parse(line)["records"][0], (Json{{"text", nullptr},
                                                   {"hex", Json::array()},
                                                   {"octets", 24},
                                                   {"ttl", 300},
                                                   {"issuer", nullptr},
                                                   {"accounturi", nullptr},
                                                   {"policy_wildcard", nullptr},
                                                   {"persist_until", nullptr},
                                                   {"verdict", "refused"},
                                                   {"reason", "issuer-mismatch"},
                                                   {"offset", nullptr}}));
}

TEST(CheckJson, O04_OctetsThatAreNoUtf8ComeBackThroughTheHex) {
  std::string all = "ca.example;";
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  const Json record = Json::parse(
      line_of(answered("example.com", {txt({all.substr(0, 200), all.substr(200)})})))["records"][0];
  EXPECT_EQ(octets_of(record["hex"]), all);
  EXPECT_EQ(record["hex"][0].get<std::string>().substr(0, letters_hex.size()), letters_hex);
  EXPECT_EQ(record["text"].get<std::string>().substr(0, 19), R"(ca.example;\x00\x01)");
}

TEST(CheckJson, HasTheOpenVerdict) {
  // A hash under a CA of the earlier dialect that may have moved on: not known.
  CheckResult result = answered("example.com", {txt({good_value()})});
  result.evaluation.judgements[0].reason = record::Reason::hash_mismatch;
  result.evaluation.judgements[0].open = true;
  const Json record = Json::parse(line_of(result))["records"][0];
  EXPECT_EQ(record["verdict"], "unknown");
  EXPECT_EQ(record["reason"], "hash-mismatch");
}

TEST(CheckJson, TellsTheQuestionAndTheVerdict) {
  Json check = Json::parse(line_of(sample_checks()[1]));
  check.erase("records");
  check.erase("findings");
  EXPECT_EQ(
      check,
      (Json{
          {"name", "example.org"},
          {"wildcard", true},
          {"owner", "_validation-persist.example.org"},
          {"ca", "letsencrypt"},
          {"dialect", "01"},
          {"account", nullptr},
          {"account_url", account},
          {"account_source", "flag"},
          {"alias_chain", {"vp.host.example."}},
          {"dnssec", "unverified"},
          {"verdict", "refused"},
          {"error", "unauthorized"},
          {"caa", nullptr},
          {"reason", "policy-not-wildcard"},
          {"warnings",
           {{{"rule", "DP401"},
             {"name", "policy-wildcard-needed"},
             {"message", "*.example.org is listed, but the record lacks policy=wildcard"}},
            {{"rule", "DP005"},
             {"name", "ignore-expired"},
             {"message", "an ignore is past its end date"}},
            {{"rule", "DP306"}, {"name", "issuer-unknown"}, {"message", "a record names nobody"}}}},
          {"message", "refused: the record of example.org lacks policy=wildcard"},
          {"publish", {"_validation-persist.example.org. 300 IN TXT \"letsencrypt.org; x\""}},
          {"labels", Json::object()},
          {"now", "2026-11-21T00:00:00Z"}}));
}

TEST(CheckJson, TellsWhatCaaSays) {
  CheckResult result = sample_checks()[0];
  EXPECT_EQ(Json::parse(line_of(result))["caa"],
            (Json{{"verdict", "authorized"}, {"at", nullptr}, {"records", Json::array()}}));
  result.caa = record::CaaJudgement{
      .outcome = record::Outcome::refused,
      .reason = record::Reason::caa_forbids,
      .at = record::DomainName::parse("example.org").value(),
      .properties = {{.found = {.flags = 128, .tag = "issue", .value = "other.example\xff"}}}};
  EXPECT_EQ(
      Json::parse(line_of(result))["caa"],
      (Json{{"verdict", "refused"},
            {"at", "example.org"},
            {"records", {{{"flags", 128}, {"tag", "issue"}, {"value", "other.example\\xff"}}}}}));
}

TEST(CheckJson, NoticesAreFindingsAndNoWarnings) {
  const Json check = Json::parse(line_of(sample_checks()[0]));
  EXPECT_EQ(check["warnings"], Json::array());
  EXPECT_EQ(check["findings"], (Json{{{"rule", "DP606"},
                                      {"name", "caa-absent"},
                                      {"level", "notice"},
                                      {"message", "no CAA record at example.com or above"},
                                      {"file", "domains.yaml"},
                                      {"line", 8},
                                      {"column", 5}}}));
  EXPECT_EQ(check["labels"], (Json{{"team", "payments"}, {"\u00fcber", "caf\u00e9"}}));
}

TEST(CheckJson, APlaceMayLackLineAndFile) {
  CheckResult result = sample_checks()[1];
  const Json listed = Json::parse(line_of(result))["findings"];
  EXPECT_EQ(listed[0]["column"], 5);
  EXPECT_EQ(listed[1]["line"], 12);
  EXPECT_EQ(listed[1]["column"], nullptr);
  result.location = {};
  const Json unlisted = Json::parse(line_of(result))["findings"];
  EXPECT_EQ(unlisted[0]["file"], nullptr);
  EXPECT_EQ(unlisted[0]["line"], nullptr);
  EXPECT_EQ(unlisted[1]["file"], "domains.yaml");
}

TEST(CheckJson, GrowsNoFasterThanTheRecord) {
  const std::string value = good_value("; x=") + std::string(60'000, '"');
  EXPECT_LT(line_of(answered("example.com", {txt({value})})).size(), 4 * value.size() + 1000);
}

}  // namespace
}  // namespace persist::report
