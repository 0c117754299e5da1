// persist-hook explain: a pasted value, and each way in which people get it wrong.

#include "hook_runs.h"

namespace persist::hook {
namespace {

using persist::testing::FakeEnvironment;

const std::string le = "letsencrypt.org";
const std::string account = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890";
const std::string good = le + "; accounturi=" + account;

std::vector<std::string> explain(const std::string& value,
                                 const std::vector<std::string>& options = {}) {
  return std::vector<std::string>{"explain"} + options + std::vector<std::string>{"--", value};
}

const Case cases[] = {
    {"explain_good", explain(good), 0},
    {"explain_wildcard", explain(good + "; policy=wildcard"), 0},
    {"explain_until", explain(good + "; persistUntil=1800000000"), 0},
    {"explain_own_ca", explain("ca.example; accounturi=https://ca.example/acct/1"), 0},
    {"explain_wildcard_wanted", explain(good, {"--wildcard"}), 1},
    {"explain_other_account",
     explain(good, {"--account-url", "https://acme-v02.api.letsencrypt.org/acme/acct/2"}), 1},
    {"explain_expired", explain(good + "; persistUntil=1700000000"), 1},
    {"explain_until_milliseconds", explain(good + "; persistUntil=1800000000000"), 1},
    {"explain_until_date", explain(good + "; persistUntil=2027-01-15"), 1},
    {"explain_no_account", explain(le), 1},
    {"explain_empty_account", explain(le + "; accounturi="), 1},
    {"explain_misspelt_tag", explain(le + "; accountUrl=" + account), 1},
    {"explain_tag_of_caa",
     explain(le + "; validationmethods=dns-persist-01; accounturi=" + account), 0},
    {"explain_comma", explain(le + ", accounturi=" + account), 1},
    {"explain_no_semicolon", explain(le + " accounturi=" + account), 1},
    {"explain_escaped_semicolon", explain(le + "\\; accounturi=" + account), 1},
    {"explain_quotes", explain("\"" + good + "\""), 1},
    {"explain_smart_quotes", explain("\xe2\x80\x9c" + good + "\xe2\x80\x9d"), 1},
    {"explain_value_quotes", explain(le + "; accounturi=\"" + account + "\""), 1},
    {"explain_url_as_issuer",
     explain("https://acme-v02.api.letsencrypt.org/directory; accounturi=" + account), 1},
    {"explain_acme_host_as_issuer", explain("acme-v02.api.letsencrypt.org; accounturi=" + account),
     1},
    {"explain_issuer_key_value", explain("issuer=letsencrypt.org; accounturi=" + account), 1},
    {"explain_unknown_policy", explain(good + "; policy=wildcards"), 0},
    {"explain_twice", explain(good + "; accounturi=" + account), 1},
    {"explain_trailing_semicolon", explain(good + ";"), 1},
    {"explain_spaces_around_equals", explain(le + "; accounturi = " + account), 0},
    {"explain_number_only", explain(le + "; accounturi=1234567890"), 1},
    {"explain_staging_account",
     explain(le + "; accounturi=https://acme-staging-v02.api.letsencrypt.org/acme/acct/1"), 0},
    {"explain_hash_for_01",
     explain(
         le +
         "; accounturi=https://ca.example/h/sha-256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
     1},
    {"explain_hash_without_key",
     explain("ca.example; accounturi=https://ca.example/h/sha-256/"
             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
             {"--ca", "strict-02", "--account-hash-prefix", "https://ca.example/h/"}),
     3},
    {"explain_staging_account_for_production",
     explain(le + "; accounturi=https://acme-staging-v02.api.letsencrypt.org/acme/acct/1",
             {"--ca", "letsencrypt"}),
     1},
    {"explain_account_spelt_differently",
     explain(le + "; accounturi=https://ACME-v02.api.letsencrypt.org/acme/acct/1"), 1},
    {"explain_directory_as_account",
     explain(le + "; accounturi=https://acme-v02.api.letsencrypt.org/directory"), 1},
    {"explain_no_issuer", explain("accounturi=https://ca.example/acct/1"), 1},
    {"explain_issuer_is_empty", explain("; accounturi=https://ca.example/acct/1"), 1},
    {"explain_words", explain("a b c"), 1},
    {"explain_spf", explain("v=spf1 -all"), 1},
    {"explain_json_error", explain(good + "; persistUntil=1800000000000", {"--format", "json"}), 1},
    {"explain_empty", explain(""), 1},
    {"explain_hostile", explain("\x1b[2J\n::error::; \xe2\x80\xae=x"), 1},
    {"explain_json", explain(good + "; policy=wildcards", {"--format", "json"}), 0},
};

class Explain : public ::testing::TestWithParam<Case> {};

TEST_P(Explain, WholeOutput) {
  expect_run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, Explain, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(ExplainText, AsksNothingAndNeedsNoResolver) {
  FakeEnvironment fake;
  fake.files.clear();
  EXPECT_EQ(fake.run(run, explain(good)).status, 0);
  EXPECT_FALSE(fake.resolver_settings());
}

}  // namespace
}  // namespace persist::hook
