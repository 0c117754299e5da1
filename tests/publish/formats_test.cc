// Every format: what it prints as a whole, and what its language makes of it.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "publish/proposals.h"
#include "support/files.h"

namespace persist::publish {

static void PrintTo(const Format& format, std::ostream* out) {
  *out << format.name;
}

}  // namespace persist::publish

namespace persist::testing {
namespace {

using nlohmann::json;
using publish::Format;
using publish::Proposal;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string plain = usual_record;
const std::string second = issuer + "; accounturi=https://ca.example/hash/sha-256/abc";
const std::string url_for_octodns = "https://ca.example/'${b}%{d}{{f}}::error";

/// One name with two records; one with CAA and a hostile account; a long one in another zone.
std::vector<Proposal> usual_proposals(std::string_view format) {
  const std::string& url = format == "octodns" ? url_for_octodns : hostile_url;
  Proposal first = proposal_for("www.example.com", {plain, second});
  first.records[0].check_command = "persist-hook check www.example.com --dialect 01";
  first.records[1].check_command = "persist-hook check www.example.com --dialect 02";
  first.records[1].dialect = record::Dialect::draft_02;
  Proposal middle = with_caa(proposal_for("example.com", {issuer + "; accounturi=" + url}), url);
  Proposal last = proposal_for("example.org", {plain + std::string(300, '1')}, "example.org");
  last.wildcard = true;
  return {first, middle, last};
}

class EveryFormat : public ::testing::TestWithParam<Format> {};

TEST_P(EveryFormat, WholeOutput) {
  const std::string_view format = GetParam().name;
  expect_golden("publish/" + std::string(format) + ".txt",
                written(format, usual_proposals(format)));
}

/// Whatever else a text does, it ends no line.
TEST_P(EveryFormat, IsPrintableAscii) {
  for (const char c : written(GetParam().name, usual_proposals(GetParam().name)))
    EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7F)) << static_cast<int>(c);
}

TEST_P(EveryFormat, TakesUsualRecords) {
  if (GetParam().refuse == nullptr) return;
  EXPECT_EQ(GetParam().refuse(with_caa(proposal_for("example.com", {plain}), account_url)),
            std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Table, EveryFormat, ::testing::ValuesIn(publish::formats()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Formats, AreFoundByNameAndHaveOneEach) {
  std::set<std::string_view> names;
  for (const Format& format : publish::formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_EQ(publish::find_format(format.name), &format);
  }
  EXPECT_EQ(publish::find_format("bind"), nullptr);
  EXPECT_THAT(publish::names_of_formats(), HasSubstr("zone, value, json, terraform"));
}

// ---- JSON, read by another reader

TEST(JsonFormats, GiveTheValueBack) {
  const auto document = json::parse(written("json", usual_proposals("json")));
  ASSERT_EQ(document["records"].size(), 6U);
  EXPECT_EQ(document["records"][2]["value"], issuer + "; accounturi=" + hostile_url);
  EXPECT_EQ(document["records"][5]["character_strings"].size(), 2U);
  const auto route53 = json::parse(written("route53", usual_proposals("route53")));
  ASSERT_EQ(route53["Changes"].size(), 4U);
  EXPECT_EQ(route53["Changes"][0]["ResourceRecordSet"]["ResourceRecords"].size(), 2U);
  const auto cloudflare = json::parse(written("cloudflare", usual_proposals("cloudflare")));
  ASSERT_EQ(cloudflare["posts"].size(), 6U);
  EXPECT_EQ(cloudflare["posts"][3]["data"]["value"],
            issuer + "; accounturi=" + hostile_url + "; validationmethods=dns-persist-01");
}

TEST(JsonFormats, AreDocumentsWithoutAnyName) {
  for (const char* format : {"json", "route53", "cloudflare"})
    EXPECT_TRUE(json::accept(written(format, {}))) << format;
}

// ---- what single languages need

TEST(Ansible, EveryValueIsUnsafe) {
  const std::string text = written("ansible", usual_proposals("ansible"));
  const std::string tasks = text.substr(text.find("  tasks:"));
  std::size_t values = 0;
  for (std::size_t at = tasks.find("  - \""); at != std::string::npos;
       at = tasks.find("  - \"", at + 1))
    ADD_FAILURE() << tasks.substr(at, 80);
  for (std::size_t at = tasks.find("- !unsafe \""); at != std::string::npos;
       at = tasks.find("- !unsafe \"", at + 1))
    ++values;
  EXPECT_EQ(values, 6U);
}

TEST(Terraform, NoTemplateIsLeft) {
  std::string text = written("terraform", usual_proposals("terraform"));
  text = text.substr(0, text.find("# CAA")) + text.substr(text.find("dns_persist_example_org"));
  EXPECT_THAT(text, Not(HasSubstr("${")));
  EXPECT_THAT(text, Not(HasSubstr("%{")));
}

TEST(Octodns, NamesOfAZoneAreInItsOrderAndEachZoneIsADocument) {
  const std::vector<Proposal> proposals{
      proposal_for("b.example.com", {plain}),
      with_caa(proposal_for("a10.example.com", {plain}), account_url),
      proposal_for("a9.example.com", {plain}),
      proposal_for("example.com", {plain}),
      proposal_for("a009b.example.com", {plain}),
      proposal_for("example.org", {plain}, "example.org")};
  const std::string text = written("octodns", proposals);
  std::vector<std::string> keys;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    if (text[at] == '"' || text[at] == '-')
      keys.push_back(text.substr(at, text.find('\n', at) - at));
  }
  EXPECT_THAT(
      keys, ::testing::ElementsAre("---", "\"_validation-persist\":", "\"_validation-persist.a9\":",
                                   "\"_validation-persist.a009b\":", "\"_validation-persist.a10\":",
                                   "\"_validation-persist.b\":", "\"a10\":", "---",
                                   "\"_validation-persist\":"));
}

// ---- what a tool cannot hold

struct Refusal {
  std::string name, format;
  Proposal proposal;
  std::string want;  ///< empty: taken
  friend void PrintTo(const Refusal& row, std::ostream* out) { *out << row.name; }
};

Proposal lasting(std::chrono::seconds ttl) {
  Proposal proposal = proposal_for("example.com", {plain});
  proposal.ttl = ttl;
  return proposal;
}

const Refusal refusals[] = {
    {"octodns_backslash", "octodns", proposal_for("example.com", {"ca.example; a=\\"}),
     "the value has a backslash, which octoDNS does not hand to every provider the same way"},
    {"octodns_quote", "octodns", proposal_for("example.com", {"ca.example; a=\""}), ""},
    {"octodns_quote_in_caa", "octodns",
     with_caa(proposal_for("example.com", {plain}), "https://x/\""),
     "the account URL has a quote or a backslash, which octoDNS does not escape in CAA"},
    {"cloudflare_59s", "cloudflare", lasting(std::chrono::seconds{59}),
     "Cloudflare takes a TTL from 60s to 86400s, not 59s"},
    {"cloudflare_60s", "cloudflare", lasting(std::chrono::seconds{60}), ""},
    {"cloudflare_a_day", "cloudflare", lasting(std::chrono::hours{24}), ""},
    {"cloudflare_more_than_a_day", "cloudflare", lasting(std::chrono::seconds{86'401}),
     "Cloudflare takes a TTL from 60s to 86400s, not 86401s"},
    {"route53_4000_octets", "route53", proposal_for("example.com", {std::string(4000, 'a')}), ""},
    {"route53_4001_octets", "route53", proposal_for("example.com", {std::string(4001, 'a')}),
     "the value has 4001 octets, and Route 53 takes 4000"},
};

class Refusals : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refusals, SayWhy) {
  EXPECT_EQ(publish::find_format(GetParam().format)->refuse(GetParam().proposal).value_or(""),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Refusals, ::testing::ValuesIn(refusals),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::testing
