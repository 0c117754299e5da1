#include "acme/challenge.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "acme/documents.h"

namespace persist::acme {
namespace {

const Json left_out(Json::value_t::discarded);

ProtocolError missing(ProtocolErrorCode code, const std::string& member) {
  return {.code = code, .member = member};
}

TEST(Challenge, OfDraft01IsRead) {
  const Json json = challenge_json({{"accounturi", account_url},
                                    {"validated", "2026-11-22T00:00:00Z"},
                                    {"error", {{"type", "urn:ietf:params:acme:error:dns"}}},
                                    {"status", "invalid"}});
  EXPECT_EQ(parse_challenge(json.dump()),
            (Challenge{.url = "https://ca.example/acme/chall/1",
                       .status = ChallengeStatus::invalid,
                       .accounturi = account_url,
                       .hyphenated_issuers = names({"authority.example"}),
                       .camel_case_issuers = Unexpected(
                           missing(ProtocolErrorCode::issuers_missing, "issuerDomainNames"))}));
}

TEST(Challenge, OfDraft02IsRead) {
  Json json = challenge_json({{"issuerDomainNames", {"b.example", "a.example"}}});
  json.erase("issuer-domain-names");
  EXPECT_EQ(parse_challenge(json.dump()),
            (Challenge{.url = "https://ca.example/acme/chall/1",
                       .status = ChallengeStatus::pending,
                       .accounturi =
                           Unexpected(missing(ProtocolErrorCode::accounturi_missing, "accounturi")),
                       .hyphenated_issuers = Unexpected(
                           missing(ProtocolErrorCode::issuers_missing, "issuer-domain-names")),
                       .camel_case_issuers = names({"b.example", "a.example"})}));
}

struct ReadingCase {
  std::string name;
  std::string member;
  Json value;  ///< in its place; a discarded value: the member is left out
  std::string want;
  friend void PrintTo(const ReadingCase& row, std::ostream* out) { *out << row.name; }
};

const ReadingCase reading_cases[] = {
    {"processing", "status", "processing", "read"},
    {"valid", "status", "valid", "read"},
    {"no_type", "type", left_out, "member-missing type"},
    {"type_is_a_number", "type", 1, "member-wrong-type type"},
    {"type_is_null", "type", nullptr, "member-wrong-type type"},
    {"other_type", "type", "dns-01", "not-dns-persist type dns-01"},
    {"type_in_capitals", "type", "DNS-PERSIST-01", "not-dns-persist type DNS-PERSIST-01"},
    {"no_url", "url", left_out, "member-missing url"},
    {"url_is_an_object", "url", Json::object(), "member-wrong-type url"},
    {"url_over_http", "url", "http://ca.example/1", "not-https-url url http://ca.example/1"},
    {"no_status", "status", left_out, "member-missing status"},
    {"status_is_an_array", "status", {"valid"}, "member-wrong-type status"},
    {"status_of_an_order", "status", "ready", "unknown-status status ready"},
    {"status_in_capitals", "status", "Valid", "unknown-status status Valid"},
};

class Reading : public testing::TestWithParam<ReadingCase> {};

TEST_P(Reading, SaysWhatIsWrong) {
  Json json = challenge_json();
  json.erase(GetParam().member);
  if (!GetParam().value.is_discarded()) json[GetParam().member] = GetParam().value;
  EXPECT_EQ(outcome(parse_challenge(json.dump())), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Reading, testing::ValuesIn(reading_cases),
                         [](const auto& row) { return row.param.name; });

TEST(Challenge, ThatIsNoObjectIsRefused) {
  EXPECT_EQ(outcome(parse_challenge("{}")), "member-missing type");
  EXPECT_EQ(outcome(parse_challenge("[" + challenge_json().dump() + "]")), "not-an-object");
  EXPECT_EQ(outcome(parse_challenge("{\"type\":\"dns-persist-01\xFF\"}")), "not-json");
  EXPECT_EQ(outcome(parse_challenge(R"({"status":"valid","status":"invalid"})")),
            "duplicate-member status");
}

TEST(Challenge, OfAMebibyteOfNamesIsRefused) {
  Json json = challenge_json();
  Json& list = json["issuer-domain-names"];
  while (list.size() * 20 < 1'048'576)
    list.push_back("n" + std::to_string(list.size()) + ".example");
  EXPECT_EQ(outcome(parse_challenge(json.dump())), "too-large");
}

}  // namespace
}  // namespace persist::acme
