// persist-hook record: what is printed is what the CA will accept.

#include <nlohmann/json.hpp>

#include "hook_runs.h"

namespace persist::hook {
namespace {

using persist::testing::account_url;
using persist::testing::FakeEnvironment;
using persist::testing::issuer;

const std::string thumbprint(43, 'A');
const std::vector<std::string> le_account{
    "--account-url", "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"};
const std::vector<std::string> hashing{"--account-hash-prefix", "https://ca.example/hash/",
                                       "--thumbprint", thumbprint};

std::vector<std::string> record(const std::vector<std::string>& names,
                                const std::vector<std::string>& options = own_ca) {
  return std::vector<std::string>{"record"} + names + options;
}

const Case cases[] = {
    {"record_zone", record({"example.com"}), 0},
    {"record_value", record({"example.com", "--format", "value"}), 0},
    {"record_json", record({"example.com", "--format", "json"}), 0},
    {"record_of_a_known_ca", record({"example.com"}, le_account), 0},
    {"record_wildcard", record({"example.com", "--wildcard"}), 0},
    {"record_wildcard_name", record({"*.example.com"}), 0},
    {"record_one_for_name_and_wildcard",
     record({"b.example", "example.com", "*.b.example", "b.example"}), 0},
    {"record_until_90d", record({"example.com", "--persist-until", "+90d"}), 0},
    {"record_until_a_day", record({"example.com", "--persist-until", "2027-01-01"}), 0},
    {"record_until_seconds", record({"example.com", "--persist-until", "1800000000"}), 0},
    {"record_until_90d_from_another_now",
     record({"example.com", "--persist-until", "+90d", "--now", "2027-01-01T00:00:00Z"}), 0},
    {"record_ttl", record({"example.com", "--ttl", "5m"}), 0},
    {"record_unicode_name",
     record({"b\xc3\xbc"
             "cher.example"}),
     0},
    {"record_long_account",
     record({"example.com"}, {"--issuer", issuer, "--account-url",
                              "https://ca.example/acct/" + std::string(300, '1')}),
     0},
    {"record_quotes_in_the_account",
     record({"example.com"}, {"--issuer", issuer, "--account-url", "https://ca.example/\"a\\b\""}),
     0},
    {"record_hashed", record({"example.com", "--dialect", "02"}, own_ca + hashing), 0},
    {"record_hashed_any_domain",
     record({"example.com", "b.example", "--dialect", "02", "--any-domain"}, own_ca + hashing), 0},
    {"record_both_dialects",
     record({"example.com", "--wildcard", "--dialect", "both"}, own_ca + hashing), 0},
    {"record_both_dialects_json",
     record({"example.com", "--format", "json", "--dialect", "both"}, own_ca + hashing), 0},
    {"record_with_caa", record({"example.com", "--with-caa"}), 0},
    {"record_with_caa_both_dialects",
     record({"example.com", "*.example.com", "--with-caa", "--dialect", "both"}, own_ca + hashing),
     0},
    {"record_with_caa_only_wildcard", record({"*.example.com", "--with-caa"}), 0},
    {"record_with_caa_at_lets_encrypt", record({"example.com", "--with-caa"}, le_account), 0},
    {"record_zone_is_the_registrable_domain",
     record({"a.b.example.co.uk", "--format", "terraform"}), 0},
    {"record_zone_given",
     record({"a.b.example.co.uk", "--format", "terraform", "--zone", "B.example.co.uk."}), 0},
    {"record_names_of_a_zone_stand_together",
     record({"a.example.com", "example.org", "b.example.com", "--format", "octodns"}), 0},
    {"record_ticket",
     record({"example.com", "*.example.com", "--format", "ticket", "--ttl", "5m", "--any-domain",
             "--persist-until", "+90d", "--with-caa", "--dialect", "both"},
            own_ca + hashing),
     0},
    {"record_settings_from_the_file",
     {"record", "example.com"},
     0,
     [](FakeEnvironment& fake) {
       fake.files["/etc/persist-hook.yaml"] =
           "issuer: ca.example\naccount-url: https://ca.example/acct/1\nwildcard: true\nttl: 10m\n";
     }},
    {"record_flag_beats_variable_beats_file",
     {"record", "example.com", "--ttl", "1m"},
     0,
     [](FakeEnvironment& fake) {
       fake.files["/etc/persist-hook.yaml"] =
           "issuer: file.example\naccount-url: https://file.example/1\nttl: 3m\n";
       fake.variables = {{"PERSIST_HOOK_ISSUER", "variable.example"}, {"PERSIST_HOOK_TTL", "2m"}};
     }},
    {"record_given_settings_file",
     {"record", "example.com", "--config", "/srv/x.yaml"},
     0,
     [](FakeEnvironment& fake) {
       fake.files["/etc/persist-hook.yaml"] = "bogus: 1\n";
       fake.files["/srv/x.yaml"] =
           "issuer: [ca.example]\naccount-url: https://ca.example/acct/1\nwildcard: false\n";
     }},
};

class Record : public ::testing::TestWithParam<Case> {};

TEST_P(Record, WholeOutput) {
  expect_run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, Record, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

// ---- what record prints, check authorises

struct RoundTrip {
  std::string name;
  std::vector<std::string> names, options;
  friend void PrintTo(const RoundTrip& row, std::ostream* out) { *out << row.name; }
};

const RoundTrip round_trips[] = {
    {"plain", {"example.com"}, own_ca},
    {"wildcard", {"example.com", "*.example.com"}, own_ca},
    {"known_ca", {"example.com"}, le_account},
    {"hashed",
     {"example.com", "*.example.com"},
     own_ca + hashing + std::vector<std::string>{"--dialect", "02"}},
    {"long_account",
     {"example.com"},
     {"--issuer", issuer, "--account-url", "https://ca.example/" + std::string(600, '1')}},
    {"odd_account",
     {"example.com"},
     {"--issuer", issuer, "--account-url", "https://ca.example/\"a\\b\"?x=y&z#'"}},
};

class RoundTrips : public ::testing::TestWithParam<RoundTrip> {};

TEST_P(RoundTrips, WhatRecordPrintsCheckAuthorises) {
  FakeEnvironment fake;
  const auto made = fake.run(
      run,
      record(GetParam().names + std::vector<std::string>{"--format", "json"}, GetParam().options));
  ASSERT_EQ(made.status, 0) << made.err;
  const auto document = nlohmann::json::parse(made.out);
  ASSERT_EQ(document["records"].size(), 1U);
  fake.resolver.set_record("example.com", {document["records"][0]["value"].get<std::string>()});
  const auto checked =
      fake.run(run, std::vector<std::string>{"check"} + GetParam().names + GetParam().options);
  EXPECT_EQ(checked.status, 0) << checked.err;
}

INSTANTIATE_TEST_SUITE_P(Table, RoundTrips, ::testing::ValuesIn(round_trips),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::hook
