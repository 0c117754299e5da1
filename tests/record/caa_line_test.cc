// The CAA record that is proposed where CAA forbids.

#include <gmock/gmock.h>

#include "record/caa_sets.h"

namespace persist::testing {
namespace {

std::string line_for(std::string_view identifier, std::vector<record::CaaRecord> rrset,
                     const std::string& account = account_url) {
  record::Requirement required = wanting(identifier);
  required.account.url = account;
  const auto judgement =
      record::judge_caa(answers_for(identifier, {set_at("example.com", std::move(rrset))}),
                        required, profile("strict-01"), now);
  return record::to_zone_line(judgement, required, std::chrono::seconds{3600});
}

TEST(CaaLine, PermitsTheAccountAndTheMethod) {
  EXPECT_EQ(line_for("www.example.com", {issue(";")}),
            "example.com. 3600 IN CAA 0 issue \"ca.example; "
            "accounturi=https://ca.example/acct/1; validationmethods=dns-persist-01\"");
}

TEST(CaaLine, IsOneForWildcardsWhereTheseAreForbidden) {
  EXPECT_EQ(line_for("*.example.com", {issue("ca.example"), issuewild(";")}),
            "example.com. 3600 IN CAA 0 issuewild \"ca.example; "
            "accounturi=https://ca.example/acct/1; validationmethods=dns-persist-01\"");
}

TEST(CaaLine, DoesWhatItSays) {
  EXPECT_EQ(line_for("example.com", {issue(";"), issue("ca.example; accounturi=" + account_url +
                                                       "; validationmethods=dns-persist-01")}),
            "");
}

TEST(CaaLine, EscapesTheAccount) {
  EXPECT_EQ(line_for("example.com", {issue(";")}, "https://ca.example/\"\\"),
            "example.com. 3600 IN CAA 0 issue \"ca.example; "
            "accounturi=https://ca.example/\\\"\\\\; validationmethods=dns-persist-01\"");
}

TEST(CaaLine, NothingHelpsAgainstACriticalProperty) {
  EXPECT_EQ(line_for("example.com", {{.flags = 128, .tag = "tbs"}}), "");
}

}  // namespace
}  // namespace persist::testing
