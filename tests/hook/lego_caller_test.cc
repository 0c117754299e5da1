// Calls by lego: its very arguments and variables, and what is checked for which account.
#include "called_world.h"

namespace persist::hook {
namespace {

const std::string policy = "; policy=wildcard";

const std::string lego5_account = "5d6a311d053a8336";

void lego5_runs(const CalledWorld& world, const std::string& more = "--dns-persist") {
  world.ancestors({{"/usr/bin/lego", "run", "-d", "example.com", "-d", "*.example.com", "--path",
                    "/var/lib/lego", "--dns-persist", more, "--pre-hook", "persist-hook"}});
}

void lego5(CalledWorld& world) {
  world.sample("lego-v5");
  lego5_runs(world);
  world.set("LEGO_HOOK_ACCOUNT_ID", "ops@example.com");
  world.set("LEGO_HOOK_ACCOUNT_EMAIL", "ops@example.com");
  world.set("LEGO_HOOK_ACCOUNT_SERVER", lab_directory);
  world.set("LEGO_HOOK_CERT_NAME", "example.com");
  world.set("LEGO_HOOK_CERT_NAME_SANITIZED", "example.com");
  world.set("LEGO_HOOK_CERT_KEY_TYPE", "EC256");
  world.set("LEGO_HOOK_CERT_DOMAINS", "example.com,*.example.com");
  world.record("example.com", lab_record(lego5_account) + policy);
}

const CallCase lego5_cases[] = {
    {"plain", lego5, {}, 0, {"example.com"}},
    {"named", lego5, {"lego"}, 0, {"example.com"}},
    {"record_without_policy",
     [](CalledWorld& world) {
       lego5(world);
       world.record("example.com", lab_record(lego5_account));
     },
     {},
     1,
     {"example.com"},
     "*.example.com: not authorised"},
    {"record_of_another_account",
     [](CalledWorld& world) {
       lego5(world);
       world.record("example.com", lab_record("382e5977b3a751e") + policy);
     },
     {},
     1,
     {"example.com"},
     "publish: _validation-persist.example.com. 3600 IN TXT \"lab.example; "
     "accounturi=https://acme.test/my-account/5d6a311d053a8336"},
    {"certificate_ends_soon",
     [](CalledWorld& world) {
       lego5(world);
       world.dns_is_down();
       world.certificate_that_ends_soon("var/lib/lego/certificates/example.com.crt");
     },
     {},
     0,
     {"example.com"},
     "let through although nothing could be found out: the certificate ends at 2027-02-20"},
    {"native_end_of_the_record_is_another",
     [](CalledWorld& world) {
       lego5(world);
       world.record("example.com",
                    lab_record(lego5_account) + policy + "; persistUntil=2000000000");
     },
     {},
     0,
     {"example.com"},
     "wait for Enter: add --dns-persist.persist-until=2033-05-18T03:33:20Z"},
    {"native_end_of_the_record_is_told",
     [](CalledWorld& world) {
       lego5(world);
       lego5_runs(world, "--dns-persist.persist-until=2033-05-18T03:33:20Z");
       world.record("example.com",
                    lab_record(lego5_account) + policy + "; persistUntil=2000000000");
     },
     {},
     0,
     {"example.com"}},
    {"native_end_is_told_and_the_record_has_none",
     [](CalledWorld& world) {
       lego5(world);
       lego5_runs(world, "--dns-persist.persist-until=2033-05-18T03:33:20Z");
     },
     {},
     0,
     {"example.com"},
     "wait for Enter: it has no persistUntil; leave --dns-persist.persist-until out"},
    {"as_typed",
     [](CalledWorld& world) {
       lego5(world);
       world.unset("LEGO_HOOK_CERT_DOMAINS");
       world.set("LEGO_HOOK_CERT_DOMAINS", "EXAMPLE.com.,*.example.COM");
     },
     {},
     0,
     {"example.com"}},
    {"after_issuance",
     [](CalledWorld& world) {
       lego5(world);
       world.set("LEGO_HOOK_CERT_PATH", "/var/lib/lego/certificates/example.com.crt");
     },
     {},
     0,
     {}},
    {"path_of_the_previous_certificate",
     [](CalledWorld& world) {
       lego5(world);
       world.set("LEGO_HOOK_CERT_PATH", "/var/lib/lego/certificates/other.example.crt");
       world.record("example.com", lab_record("9"));
     },
     {"lego"},
     1,
     {"example.com"},
     "example.com: not authorised"},
    {"path_without_a_name",
     [](CalledWorld& world) {
       lego5(world);
       world.unset("LEGO_HOOK_CERT_NAME_SANITIZED");
       world.set("LEGO_HOOK_CERT_PATH", "/.crt");
       world.record("example.com", lab_record("9"));
     },
     {},
     1,
     {"example.com"},
     "not authorised"},
    {"configuration_file",
     [](CalledWorld& world) {
       lego5(world);
       world.ancestors({{"/usr/bin/lego"}}, "/srv/lego");
       world.set("LEGO_PATH", "/var/lib/lego");
       world.unset("LEGO_HOOK_ACCOUNT_ID");
       world.set("LEGO_HOOK_ACCOUNT_ID", "main");
       world.record("example.com", lab_record("25fd6f9d42f52cb8") + policy);
     },
     {},
     0,
     {"example.com"}},
    {"account_is_not_there",
     [](CalledWorld& world) {
       lego5(world);
       world.unset("LEGO_HOOK_ACCOUNT_ID");
       world.set("LEGO_HOOK_ACCOUNT_ID", "other@example.com");
     },
     {},
     2,
     {},
     "no account URL of lego at \"https://acme.test/dir\" in \"/var/lib/lego\""},
    {"two_accounts",
     [](CalledWorld& world) {
       lego5(world);
       world.unset("LEGO_HOOK_ACCOUNT_ID");
     },
     {},
     2,
     {},
     "hint: give one of --account-url https://acme.test/my-account/5d6a311d053a8336, "
     "--account-url https://acme.test/my-account/382e5977b3a751e"},
    {"account_by_option",
     [](CalledWorld& world) {
       lego5(world);
       world.record("example.com", lab_record("77") + policy);
     },
     {"lego", "--account-url", "https://acme.test/my-account/77"},
     0,
     {"example.com"}},
    {"E02_variable_empty",
     [](CalledWorld& world) {
       lego5(world);
       world.unset("LEGO_HOOK_CERT_DOMAINS");
       world.set("LEGO_HOOK_CERT_DOMAINS", "");
     },
     {},
     2,
     {},
     "the variable LEGO_HOOK_CERT_DOMAINS is set, but empty"},
    {"E02_variable_missing",
     [](CalledWorld&) {},
     {"lego"},
     2,
     {},
     "the variable LEGO_HOOK_CERT_DOMAINS is not set"},
    {"E10_empty_item",
     [](CalledWorld& world) {
       lego5(world);
       world.unset("LEGO_HOOK_CERT_DOMAINS");
       world.set("LEGO_HOOK_CERT_DOMAINS", "example.com,,b.example");
     },
     {},
     2,
     {},
     "LEGO_HOOK_CERT_DOMAINS has an empty name in it"},
};

void lego4(CalledWorld& world) {
  world.sample("lego");
  world.ancestors({{"lego", "--server", lab_directory, "--email", "ops@example.com", "--path",
                    "/var/lib/lego", "--dns", "exec", "-d", "example.com", "run"}});
  world.record("example.com", lab_record("18e5099f0712b41d"));
}

const std::string token = "-oUR4yQkFz7-Ft1kJhp3XYJH0Ynqj6NaGmXG1I2ykEs";
const std::string key_authorization = token + ".RQAxXRVuC9MRZ3Y0RIjvOW1GbDFtWZLAvxqGWJxAFOA";
const std::vector<std::string> raw{"present", "--", "example.com", token, key_authorization};

/// lego 4 with an account at the URL.
void keep_account_url(CalledWorld& world, const std::string& url) {
  lego4(world);
  world.ancestors(
      {{"lego", "--server", "https://acme-v02.api.letsencrypt.org/directory", "--email",
        "ops@example.com", "--path", "/srv/lego", "--dns", "exec", "-d", "example.com", "run"}});
  world.root().write("srv/lego/accounts/acme-v02.api.letsencrypt.org/ops@example.com/account.json",
                     R"({"registration": {"uri": ")" + url + R"("}})");
}

const CallCase lego4_cases[] = {
    {"C05_raw", lego4, raw, 0, {"example.com"}},
    {"C05_raw_named",
     lego4,
     {"lego", "present", "--", "example.com", token, key_authorization},
     0,
     {"example.com"}},
    {"certificate_ends_soon",
     [](CalledWorld& world) {
       lego4(world);
       world.dns_is_down();
       world.certificate_that_ends_soon("var/lib/lego/certificates/example.com.crt");
     },
     raw,
     0,
     {"example.com"},
     "let through although nothing could be found out: the certificate ends at 2027-02-20"},
    {"S08_account_url_of_acme_v1",
     [](CalledWorld& world) {
       keep_account_url(world, "https://acme-v01.api.letsencrypt.org/acme/reg/4711");
       world.record("example.com",
                    "lab.example; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/4711");
     },
     raw,
     0,
     {"example.com"},
     "staging environment only"},
    {"S08_account_url_of_acme_v1_at_another_ca",
     [](CalledWorld& world) { keep_account_url(world, "https://acme.test/acme/reg/4711"); },
     raw,
     2,
     {},
     "keeps the account URL of ACME v1, \"https://acme.test/acme/reg/4711\""},
    {"S08_account_url_of_acme_v1_without_a_number",
     [](CalledWorld& world) {
       keep_account_url(world, "https://acme-v01.api.letsencrypt.org/acme/reg/4711/x");
     },
     raw,
     2,
     {},
     "keeps the account URL of ACME v1"},
    {"C05_default_mode",
     lego4,
     {"present", "_acme-challenge.example.com.", "value"},
     2,
     {},
     "hint: set EXEC_MODE=RAW"},
    {"C05_refused",
     [](CalledWorld& world) {
       lego4(world);
       world.record("example.com", lab_record("17c89ad88374a54a"));
     },
     raw,
     1,
     {"example.com"},
     "example.com: not authorised"},
    {"dialect_02_with_the_thumbprint_of_the_key_authorisation",
     [](CalledWorld& world) {
       lego4(world);
       world.set("PERSIST_HOOK_DIALECT", "02");
       world.set("PERSIST_HOOK_ACCOUNT_HASH_PREFIX", "https://acme.test/hash/");
     },
     raw,
     1,
     {"example.com"},
     "--thumbprint RQAxXRVuC9MRZ3Y0RIjvOW1GbDFtWZLAvxqGWJxAFOA"},
    {"C04_wildcard_on_the_command_line",
     [](CalledWorld& world) {
       lego4(world);
       world.ancestors({{"lego", "--server", lab_directory, "--path=/var/lib/lego", "-m",
                         "ops@example.com", "--dns", "exec", "--domains", "*.example.com", "run"}});
     },
     raw,
     1,
     {"example.com"},
     "*.example.com: not authorised"},
    {"C04_nothing_tells",
     [](CalledWorld& world) {
       lego4(world);
       world.ancestors({{"lego", "--server", lab_directory, "--email", "ops@example.com", "--path",
                         "/var/lib/lego", "--dns", "exec", "--csr", "x.csr", "run"}});
     },
     raw,
     3,
     {"example.com"},
     "nothing tells which is ordered"},
    {"C04_nothing_tells_and_the_policy_is_there",
     [](CalledWorld& world) {
       lego4(world);
       world.ancestors({{"lego", "--server", lab_directory, "--email", "ops@example.com", "--path",
                         "/var/lib/lego", "--dns", "exec", "--csr", "x.csr", "run"}});
       world.record("example.com", lab_record("18e5099f0712b41d") + policy);
     },
     raw,
     0,
     {"example.com"}},
    {"C04_no_wildcard",
     [](CalledWorld& world) {
       lego4(world);
       world.ancestors({{"lego", "--server", lab_directory, "--email", "ops@example.com", "--path",
                         "/var/lib/lego", "--dns", "exec", "--csr", "x.csr", "run"}});
       world.set("PERSIST_HOOK_NO_WILDCARD", "true");
     },
     raw,
     0,
     {"example.com"}},
    {"C06_cleanup", lego4, {"cleanup", "_acme-challenge.example.com.", "value"}, 0, {}},
    {"C06_cleanup_raw", lego4, {"cleanup", "--", "example.com", token, key_authorization}, 0, {}},
    {"cleanup_of_nobody", lego4, {"cleanup"}, 2, {}, "lego's exec provider calls with"},
    {"E01_name",
     lego4,
     {"present", "--", "a;id\x1b[2J", token, key_authorization},
     2,
     {},
     "\"a;id\\x1b[2J\" is no domain name"},
};

class LegoCalls : public ::testing::TestWithParam<CallCase> {};

TEST_P(LegoCalls, Behave) {
  expect_call(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Version5, LegoCalls, ::testing::ValuesIn(lego5_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Version4, LegoCalls, ::testing::ValuesIn(lego4_cases), case_name);

TEST(Callers, C05_NeverShowTheKeyAuthorization) {
  CalledWorld world;
  lego4(world);
  world.record("example.com", lab_record("9"));
  for (const std::vector<std::string>& arguments :
       {raw, std::vector<std::string>{"present", "example.com", key_authorization},
        std::vector<std::string>{"present", "--", "a..b", token, key_authorization}}) {
    const auto got = world.run(arguments);
    EXPECT_NE(got.status, 0);
    EXPECT_THAT(got.out + got.err, ::testing::Not(::testing::HasSubstr(token)));
  }
}

}  // namespace
}  // namespace persist::hook
