// Wrong usage, wrong settings, bad names: 2, one line that says what is expected, and nothing is
// asked.

#include <algorithm>

#include "hook_runs.h"

namespace persist::hook {
namespace {

using persist::testing::account_url;
using persist::testing::FakeEnvironment;
using persist::testing::issuer;
using persist::testing::ProgramRun;
using ::testing::IsEmpty;

const std::string_view printed = "persist-hook: error: ";

void with_variable(FakeEnvironment& fake, std::string name, std::string value) {
  fake.variables = {{std::move(name), std::move(value)}};
}

const Case cases[] = {
    {"usage_nothing", {}, 2},
    {"usage_unknown_command", {"chekc", "example.com"}, 2},
    {"usage_hostile_command", {"\x1b[2J"}, 2},
    {"usage_option_before_the_command", {"--quiet", "check"}, 2},
    {"usage_unknown_option", {"check", "example.com", "--bogus"}, 2},
    {"usage_option_of_another_command", {"check", "example.com", "--ttl", "1h"}, 2},
    {"usage_value_missing", {"check", "example.com", "--ca"}, 2},
    {"usage_given_twice", {"check", "example.com", "--now", "1", "--now", "2"}, 2},
    {"G1_no_name", std::vector<std::string>{"check"} + own_ca, 2},
    {"G1_record_no_name", std::vector<std::string>{"record"} + own_ca, 2},
    {"no_account", {"check", "example.com", "--ca", "letsencrypt"}, 2},
    {"no_ca", {"check", "example.com", "--account-url", account_url}, 2},
    {"ca_and_another_directory",
     {"check", "example.com", "--ca", "google", "--directory",
      "https://acme-v02.api.letsencrypt.org/directory", "--account-url",
      "https://acme-v02.api.letsencrypt.org/acme/acct/1"},
     2},
    {"ca_by_flag_and_another_server_in_the_settings",
     {"check", "example.com", "--ca", "google", "--account-url", account_url},
     2,
     [](FakeEnvironment& fake) {
       fake.files["/etc/persist-hook.yaml"] =
           "server: https://acme-v02.api.letsencrypt.org/directory\n";
     }},
    {"ca_and_an_account_elsewhere",
     {"record", "example.com", "--ca", "letsencrypt", "--account-url",
      "https://acme-staging-v02.api.letsencrypt.org/acme/acct/1"},
     2},
    {"directory_and_server",
     {"check", "example.com", "--directory", "https://ca.example/dir", "--server",
      "https://b.example/dir", "--issuer", issuer, "--account-url", account_url},
     2},
    {"no_thumbprint",
     {"check", "example.com", "--issuer", issuer, "--dialect", "02", "--account-url", account_url,
      "--account-hash-prefix", "https://ca.example/hash/"},
     2},
    {"owner_name", std::vector<std::string>{"check", "_validation-persist.example.com"} + own_ca,
     2},
    {"owner_name_of_a_wildcard",
     std::vector<std::string>{"record", "*._Validation-Persist.example.com."} + own_ca, 2},
    {"owner_name_without_a_domain",
     std::vector<std::string>{"check", "-d", "_validation-persist"} + own_ca, 2},
    {"no_resolver", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { fake.files.clear(); }},
    {"wildcard_and_no_wildcard",
     std::vector<std::string>{"check", "example.com", "--wildcard", "--no-wildcard"} + own_ca, 2},
    {"no_wildcard_and_a_wildcard_name",
     std::vector<std::string>{"check", "*.example.com", "--no-wildcard"} + own_ca, 2},
    {"timeout_too_long",
     std::vector<std::string>{"check", "example.com", "--timeout", "601s"} + own_ca, 2},
    {"timeout_zero", std::vector<std::string>{"check", "example.com", "--timeout", "0s"} + own_ca,
     2},
    {"format_unknown", std::vector<std::string>{"check", "example.com", "--format", "xml"} + own_ca,
     2},
    {"S01_unknown_variable", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) {
       with_variable(fake, "PERSIST_HOOK_ACOUNT_URL", "https://ca.example/1");
     }},
    {"S01_now_from_a_variable", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_NOW", "0"); }},
    {"S01_climb_from_a_variable", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_CLIMB_PARENTS", "true"); }},
    {"S01_config_from_a_variable", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_CONFIG", "/tmp/x.yaml"); }},
    {"S01_now_from_a_variable_for_explain",
     {"explain", "ca.example; accounturi=https://ca.example/1"},
     2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_NOW", "0"); }},
    {"E03_name_from_a_variable", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_DOMAIN", "other.example"); }},
    {"E02_empty_variable",
     {"check", "example.com", "--issuer", issuer},
     2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_ACCOUNT_URL", ""); }},
    {"variable_with_a_bad_value", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_TIMEOUT", "soon"); }},
    {"settings_unknown", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) {
       fake.files["/etc/persist-hook.yaml"] = "quiet: true\naccount_url: x\n";
     }},
    {"settings_broken", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { fake.files["/etc/persist-hook.yaml"] = "quiet: [true\n"; }},
    {"settings_bad_value", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { fake.files["/etc/persist-hook.yaml"] = "ca: lets\n"; }},
    {"settings_with_now", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { fake.files["/etc/persist-hook.yaml"] = "now: 0\n"; }},
    {"settings_given_but_missing",
     std::vector<std::string>{"check", "example.com", "--config", "/tmp/\x1b.yaml"} + own_ca, 2},
    {"settings_unreadable", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) {
       fake.unreadable["/etc/persist-hook.yaml"] = "/etc/persist-hook.yaml: Permission denied";
     }},
    {"record_format_of_check",
     std::vector<std::string>{"record", "example.com", "--format", "text"} + own_ca, 2},
    {"record_until_the_past",
     std::vector<std::string>{"record", "example.com", "--persist-until", "2020-01-01"} + own_ca,
     2},
    {"record_until_now",
     std::vector<std::string>{"record", "example.com", "--persist-until", "+0s"} + own_ca, 2},
    {"record_until_nothing",
     std::vector<std::string>{"record", "example.com", "--persist-until", ""} + own_ca, 2},
    {"record_until_plus",
     std::vector<std::string>{"record", "example.com", "--persist-until", "+"} + own_ca, 2},
    {"record_until_bare_number",
     std::vector<std::string>{"record", "example.com", "--persist-until", "+90"} + own_ca, 2},
    {"record_until_bare_number_from_a_variable",
     std::vector<std::string>{"record", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { with_variable(fake, "PERSIST_HOOK_PERSIST_UNTIL", "+90"); }},
    {"record_ttl_bare_number",
     std::vector<std::string>{"record", "example.com", "--ttl", "300"} + own_ca, 2},
    {"timeout_bare_number",
     std::vector<std::string>{"check", "example.com", "--timeout", "30"} + own_ca, 2},
    {"settings_timeout_bare_number", std::vector<std::string>{"check", "example.com"} + own_ca, 2,
     [](FakeEnvironment& fake) { fake.files["/etc/persist-hook.yaml"] = "timeout: 30\n"; }},
    {"record_until_milliseconds",
     std::vector<std::string>{"record", "example.com", "--persist-until", "1800000000000"} + own_ca,
     2},
    {"record_until_too_far",
     std::vector<std::string>{"record", "example.com", "--persist-until", "+999999999999d"} +
         own_ca,
     2},
    {"record_ttl_too_long",
     std::vector<std::string>{"record", "example.com", "--ttl", "8d"} + own_ca, 2},
    {"record_zone_of_another_name",
     std::vector<std::string>{"record", "example.com", "--zone", "example.org"} + own_ca, 2},
    {"record_zone_is_no_name",
     std::vector<std::string>{"record", "example.com", "--zone", "a..b"} + own_ca, 2},
    {"record_that_cloudflare_does_not_take",
     std::vector<std::string>{"record", "example.com", "--format", "cloudflare", "--ttl", "30s"} +
         own_ca,
     2},
    {"record_name_too_long",
     std::vector<std::string>{"record", std::string(63, 'a') + "." + std::string(63, 'b') + "." +
                                            std::string(63, 'c') + "." + std::string(42, 'd')} +
         own_ca,
     2},
    {"record_both_without_thumbprint",
     std::vector<std::string>{"record", "example.com", "--dialect", "both", "--account-hash-prefix",
                              "https://ca.example/h/"} +
         own_ca,
     2},
    {"record_both_without_prefix",
     std::vector<std::string>{"record", "example.com", "--dialect", "both", "--thumbprint",
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} +
         own_ca,
     2},
    {"explain_nothing", {"explain"}, 2},
    {"explain_two", {"explain", "a", "b"}, 2},
    {"explain_ca_and_another_directory",
     {"explain", "--ca", "google", "--directory", "https://acme-v02.api.letsencrypt.org/directory",
      "pki.goog; accounturi=https://ca.example/1"},
     2},
    {"explain_no_prefix",
     {"explain", "--dialect", "02", "ca.example; accounturi=https://ca.example/1"},
     2},
};

class Usage : public ::testing::TestWithParam<Case> {};

TEST_P(Usage, IsTwoAndAsksNothing) {
  expect_run(GetParam());
  FakeEnvironment fake;
  if (GetParam().arrange != nullptr) GetParam().arrange(fake);
  const ProgramRun got = fake.run(run, GetParam().arguments);
  EXPECT_THAT(got.out, IsEmpty());
  EXPECT_EQ(got.err.substr(0, printed.size()), printed);
  EXPECT_LE(std::count(got.err.begin(), got.err.end(), '\n'), 2);
  EXPECT_FALSE(fake.resolver_settings());
}

INSTANTIATE_TEST_SUITE_P(Table, Usage, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

// ---- E01: texts that are no names

struct BadName {
  std::string name;
  std::string text;
  friend void PrintTo(const BadName& row, std::ostream* out) { *out << row.name; }
};

const BadName bad_names[] = {
    {"option", "--help"},
    {"dash", "-"},
    {"path", "../../etc/passwd"},
    {"command", "a;id"},
    {"substitution", "$(id)"},
    {"backticks", "`id`"},
    {"newline", "a.example\nb.example"},
    {"newline_at_the_end", "a.example\n"},
    {"escape", "\x1b[2J.example"},
    {"octets_300", std::string(296, 'a') + ".com"},
    {"label_of_64", std::string(64, 'a') + ".example"},
    {"empty", ""},
    {"space", " "},
    {"space_inside", "a b.example"},
    {"space_behind", "a.example "},
    {"empty_label", "a..b"},
    {"empty_first_label", ".a"},
    {"dot", "."},
    {"right_to_left", "a\xe2\x80\xae.example"},
    {"not_utf8", "a\xff.example"},
    {"braces", "{}"},
    {"brackets", "[]"},
    {"list_in_brackets", "[a.example,b.example]"},
    {"percent_signs", "%%"},
    {"comma", "a.example,b.example"},
    {"star", "*"},
    {"star_in_front", "*a.example"},
    {"star_inside", "a.*.example"},
    {"two_stars", "*.*.example"},
    {"address", "192.0.2.1"},
    {"address_6", "2001:db8::1"},
    {"url", "https://example.com/"},
    {"quotes", "\"a.example\""},
    {"one_megabyte", std::string(1'000'000, 'a')},
};

class BadNames : public ::testing::TestWithParam<BadName> {};

TEST_P(BadNames, E01_AreRefusedWithoutAQuestion) {
  const std::string& text = GetParam().text;
  std::vector<ProgramRun> runs;
  for (const char* const command : {"check", "record"}) {
    for (const std::vector<std::string>& form : {std::vector<std::string>{"--", text},
                                                 {"-d", text},
                                                 {"--domain=" + text},
                                                 {"-d", "good.example", "--", text}}) {
      FakeEnvironment fake;
      runs.push_back(fake.run(run, std::vector<std::string>{command} + own_ca + form));
      EXPECT_THAT(fake.resolver.asked(), IsEmpty());
      EXPECT_EQ(runs.back(), runs.front()) << command << ' ' << form[0];
    }
  }
  EXPECT_EQ(runs.front().status, 2);
  EXPECT_LT(runs.front().err.size(), 600U);
  testing::expect_golden("hook/E01_" + GetParam().name + ".txt", testing::to_text(runs.front()));
}

INSTANTIATE_TEST_SUITE_P(Table, BadNames, ::testing::ValuesIn(bad_names),
                         [](const auto& row) { return row.param.name; });

// ---- help and version

const Case texts[] = {
    {"help", {"--help"}, 0},
    {"help_check", {"check", "--help"}, 0},
    {"help_record", {"record", "-h"}, 0},
    {"help_explain", {"explain", "--help"}, 0},
};

class Texts : public ::testing::TestWithParam<Case> {};

TEST_P(Texts, WholeOutput) {
  expect_run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, Texts, ::testing::ValuesIn(texts),
                         [](const auto& row) { return row.param.name; });

TEST(Texts, HelpFitsATerminal) {
  for (const Case& text : texts) {
    FakeEnvironment fake;
    const ProgramRun got = fake.run(run, text.arguments);
    for (std::size_t start = 0; start < got.out.size();) {
      const std::size_t end = got.out.find('\n', start);
      ASSERT_NE(end, std::string::npos);
      const std::string line = got.out.substr(start, end - start);
      if (line.find("persist-hook") == std::string::npos) {
        EXPECT_LE(line.size(), 120U) << line;
      }
      start = end + 1;
    }
  }
}

TEST(Texts, HelpIsTheSameWhateverTheEnvironmentSays) {
  FakeEnvironment fake;
  fake.variables = {{"PERSIST_HOOK_BOGUS", "1"}};
  EXPECT_EQ(fake.run(run, {"check", "--help"}).status, 0);
}

TEST(Texts, Version) {
  for (const char* const option : {"--version", "-V"}) {
    FakeEnvironment fake;
    EXPECT_EQ(fake.run(run, {option}),
              (ProgramRun{.status = 0, .out = "persist-hook 0.1.0\n", .err = ""}));
  }
}

}  // namespace
}  // namespace persist::hook
