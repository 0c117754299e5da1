// Calls by lego, acme.sh, dehydrated, uacme and mod_md: their very arguments and variables, what is
// checked, for which account, and what the client gets to see.
#include "called_world.h"

namespace persist::hook {
namespace {

const std::string policy = "; policy=wildcard";

// ---- lego 5, pre-hook

const std::string lego5_account = "5d6a311d053a8336";

void lego5(CalledWorld& world) {
  world.sample("lego-v5");
  world.ancestors({{"/usr/bin/lego", "run", "-d", "example.com", "-d", "*.example.com", "--path",
                    "/var/lib/lego", "--pre-hook", "persist-hook"}});
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

// ---- lego 4, exec provider

void lego4(CalledWorld& world) {
  world.sample("lego");
  world.ancestors({{"lego", "--server", lab_directory, "--email", "ops@example.com", "--path",
                    "/var/lib/lego", "--dns", "exec", "-d", "example.com", "run"}});
  world.record("example.com", lab_record("18e5099f0712b41d"));
}

const std::string token = "-oUR4yQkFz7-Ft1kJhp3XYJH0Ynqj6NaGmXG1I2ykEs";
const std::string key_authorization = token + ".RQAxXRVuC9MRZ3Y0RIjvOW1GbDFtWZLAvxqGWJxAFOA";
const std::vector<std::string> raw{"present", "--", "example.com", token, key_authorization};

const CallCase lego4_cases[] = {
    {"C05_raw", lego4, raw, 0, {"example.com"}},
    {"C05_raw_named",
     lego4,
     {"lego", "present", "--", "example.com", token, key_authorization},
     0,
     {"example.com"}},
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

// ---- acme.sh

void acme_sh_calls(CalledWorld& world) {
  world.sample("acmesh");
  world.ancestors({{"/bin/sh", "/root/.acme.sh/acme.sh", "--cron"}});
  world.set("Le_Domain", "example.com");
  world.set("Le_Alt", "*.example.com,www.example.net");
  world.set("DOMAIN_PATH", "/root/.acme.sh/example.com_ecc");
  world.set("LE_CONFIG_HOME", "/root/.acme.sh");
  world.set("LE_WORKING_DIR", "/root/.acme.sh");
  world.set("ACME_DIRECTORY", lab_directory);
  world.record("example.com", lab_record("11c7db302b80dfbc") + policy);
  world.record("www.example.net", lab_record("11c7db302b80dfbc"));
}

const CallCase acme_sh_cases[] = {
    {"plain", acme_sh_calls, {}, 0, {"example.com", "www.example.net"}},
    {"named", acme_sh_calls, {"acme.sh"}, 0, {"example.com", "www.example.net"}},
    {"C07_no_is_no_name",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.unset("Le_Alt");
       world.set("Le_Alt", "no");
     },
     {},
     0,
     {"example.com"}},
    {"C07_empty_is_no_name",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.unset("Le_Alt");
       world.set("Le_Alt", "");
     },
     {},
     0,
     {"example.com"}},
    {"C07_wildcard_first",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.unset("Le_Domain");
       world.set("Le_Domain", "*.example.com");
       world.unset("Le_Alt");
       world.record("example.com", lab_record("11c7db302b80dfbc"));
     },
     {},
     1,
     {"example.com"},
     "*.example.com: not authorised"},
    {"no_account_yet",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       std::filesystem::remove_all(world.root() / "root/.acme.sh/ca");
     },
     {},
     2,
     {},
     "hint: register the account first"},
    {"account_of_another_port",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.unset("ACME_DIRECTORY");
       world.set("ACME_DIRECTORY", "https://acme.test:14000/dir");
     },
     {},
     2,
     {},
     "no account URL of acme.sh"},
    {"S10_shell_code_is_not_run",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.root().write("root/.acme.sh/ca/acme.test/dir/ca.conf",
                          "ACCOUNT_URL='https://acme.test/my-account/11c7db302b80dfbc'\n"
                          "CA=$(touch /tmp/ran)\n");
     },
     {},
     2,
     {},
     "line 2 is more than a plain assignment"},
    {"S06_others_may_write_the_account",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.root().set_mode("root/.acme.sh/ca/acme.test/dir/ca.conf", 0666);
       world.record("example.com", "lab.example; accounturi=https://acme.test/x");
     },
     {},
     1,
     {"example.com", "www.example.net"},
     "publish: nothing is proposed, because others may write the file that names the account"},
    {"E02_domain_missing",
     [](CalledWorld&) {},
     {"acme.sh"},
     2,
     {},
     "the variable Le_Domain is not set"},
    {"E02_domain_empty",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.unset("Le_Domain");
       world.set("Le_Domain", "");
     },
     {},
     2,
     {},
     "the variable Le_Domain is set, but empty"},
    {"E03_another_name_by_option",
     acme_sh_calls,
     {"acme.sh", "-d", "other.example"},
     2,
     {},
     "acme.sh orders for \"example.com *.example.com www.example.net\", but the name given is "
     "\"other.example\""},
    {"S01_now", acme_sh_calls, {"acme.sh", "--now", "0"}, 2, {}, "--now is not for a call"},
    {"an_argument_of_nobody", acme_sh_calls, {"chekc"}, 2, {}, "unknown command \"chekc\""},
};

// ---- dehydrated

void dehydrated_calls(CalledWorld& world) {
  world.sample("dehydrated");
  world.ancestors({{"/bin/bash", "/usr/bin/dehydrated", "-c"}});
  world.set("BASEDIR", "/var/lib/dehydrated");
  world.set("CONFIG", "/etc/dehydrated/config");
  world.root().write("etc/dehydrated/config",
                     "CA=\"" + lab_directory + "\"\nHOOK=/usr/bin/persist-hook\n");
  world.record("example.com", lab_record("37c8ad0c4a58243e") + policy);
}

std::vector<std::string> generate_csr(const std::string& names) {
  return {"generate_csr", "example.com", "/var/lib/dehydrated/certs/none", names};
}

const CallCase dehydrated_cases[] = {
    {"generate_csr",
     dehydrated_calls,
     generate_csr("example.com *.example.com"),
     0,
     {"example.com"}},
    {"named",
     dehydrated_calls,
     {"dehydrated", "generate_csr", "example.com", "/var/lib/dehydrated/certs/none", "example.com"},
     0,
     {"example.com"}},
    {"refused",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.record("example.com", lab_record("9"));
     },
     generate_csr("example.com"),
     1,
     {"example.com"},
     "example.com: not authorised"},
    {"not_due",
     dehydrated_calls,
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com www.example.net"},
     0,
     {}},
    {"due_by_other_names",
     dehydrated_calls,
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com"},
     0,
     {"example.com"}},
    {"due_by_its_end",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.fake.time = add(world.fake.time, std::chrono::hours(24 * 365 * 5));
       world.record("www.example.net", lab_record("37c8ad0c4a58243e"));
     },
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com www.example.net"},
     0,
     {"example.com", "www.example.net"}},
    {"due_by_force",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.ancestors({{"/bin/bash", "/usr/bin/dehydrated", "-c", "-x"}});
       world.record("www.example.net", lab_record("37c8ad0c4a58243e"));
     },
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com www.example.net"},
     0,
     {"example.com", "www.example.net"}},
    {"deploy_challenge",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.set("altnames", "example.com *.example.com");
     },
     {"deploy_challenge", "example.com", "token", "value"},
     0,
     {"example.com"}},
    {"deploy_challenge_chain",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.record("www.example.net", lab_record("9"));
       world.set("altnames", "example.com www.example.net");
     },
     {"deploy_challenge", "example.com", "t", "v", "www.example.net", "t", "v"},
     1,
     {"example.com", "www.example.net"},
     "www.example.net: not authorised"},
    {"deploy_challenge_without_altnames",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.record("example.com", lab_record("37c8ad0c4a58243e"));
     },
     {"deploy_challenge", "example.com", "token", "value"},
     3,
     {"example.com"},
     "--no-wildcard"},
    {"probe", dehydrated_calls, {"this_hookscript_is_broken__dehydrated_is_working_fine"}, 0, {}},
    {"startup", dehydrated_calls, {"startup_hook"}, 0, {}},
    {"cleaning", dehydrated_calls, {"clean_challenge", "example.com", "t", "v"}, 0, {}},
    {"after", dehydrated_calls, {"deploy_cert", "example.com", "k", "c", "f", "h", "1"}, 0, {}},
    {"end", dehydrated_calls, {"exit_hook"}, 0, {}},
    {"unknown_stage", dehydrated_calls, {"deploy_something"}, 2, {}, "unknown command"},
    {"unknown_stage_named",
     dehydrated_calls,
     {"dehydrated", "deploy_something"},
     2,
     {},
     "unknown stage of dehydrated \"deploy_something\""},
    {"too_few_arguments",
     dehydrated_calls,
     {"deploy_challenge", "example.com"},
     2,
     {},
     "dehydrated calls with: deploy_challenge NAME TOKEN VALUE"},
    {"S10_configuration_for_a_shell",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.root().write("etc/dehydrated/config", "CA=\"$OTHER\"\n");
     },
     generate_csr("example.com"),
     2,
     {},
     "/etc/dehydrated/config: makes CA of variables, which only a shell could read"},
    {"S10_a_value_that_does_not_matter",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.root().write("etc/dehydrated/config",
                          "CA=\"" + lab_directory + "\"\nWELLKNOWN=\"${BASEDIR}/challenges\"\n");
     },
     generate_csr("example.com"),
     0,
     {"example.com"}},
};

// ---- uacme

const std::string uacme_account = "https://acme.test/my-account/33a4d3ef7a126fd5";
const std::string wanted_record = "\"lab.example; accounturi=" + uacme_account + "\"";

void uacme_calls(CalledWorld& world) {
  world.sample("uacme");
  world.unset("PERSIST_HOOK_ISSUER");
  world.ancestors({{"uacme", "-c", "/etc/ssl/uacme", "-a", lab_directory, "-h",
                    "/usr/bin/persist-hook", "issue", "example.com"}});
  world.set("UACME_METHOD", "begin");
  world.set("UACME_TYPE", "dns-persist-01");
  world.set("UACME_IDENT", "example.com");
  world.record("example.com", lab_record("33a4d3ef7a126fd5"));
}

std::vector<std::string> begin(const std::string& type, const std::string& value) {
  return {"begin", type, "example.com", "lab.example", value};
}

const CallCase uacme_cases[] = {
    {"native", uacme_calls, begin("dns-persist-01", wanted_record), 0, {"example.com"}},
    {"native_named",
     uacme_calls,
     {"uacme", "begin", "dns-persist-01", "example.com", "lab.example", wanted_record},
     0,
     {"example.com"}},
    {"native_refused",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.record("example.com", lab_record("9"));
     },
     begin("dns-persist-01", wanted_record),
     1,
     {"example.com"},
     "example.com: not authorised"},
    {"S07_handed_account_is_compared",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.set("PERSIST_HOOK_ACCOUNT_URL", "https://acme.test/my-account/1");
     },
     begin("dns-persist-01", wanted_record),
     2,
     {},
     "uacme orders for account \"https://acme.test/my-account/33a4d3ef7a126fd5\", not for "
     "\"https://acme.test/my-account/1\""},
    {"S07_stale_variable_is_not_looked_at",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.set("UACME_AUTH", "\"lab.example; accounturi=https://acme.test/my-account/9\"");
     },
     begin("dns-persist-01", wanted_record),
     0,
     {"example.com"}},
    {"no_record",
     uacme_calls,
     begin("dns-persist-01", "nothing"),
     2,
     {},
     "no record of this method"},
    {"label_is_there_already",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.unset("UACME_IDENT");
     },
     {"begin", "dns-persist-01", "_validation-persist.example.com", "lab.example", wanted_record},
     0,
     {"example.com"}},
    {"E03_two_names",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.unset("UACME_IDENT");
       world.set("UACME_IDENT", "other.example");
     },
     begin("dns-persist-01", wanted_record),
     2,
     {},
     "uacme orders for \"example.com\" by its arguments, for \"other.example\""},
    {"other_type_is_declined", uacme_calls, begin("http-01", "x.y"), 1, {}, "http-01 declined"},
    {"done", uacme_calls, {"done", "dns-persist-01", "example.com", "t", "a"}, 0, {}},
    {"failed", uacme_calls, {"failed", "dns-persist-01", "example.com", "t", "a"}, 0, {}},
    {"four_arguments",
     uacme_calls,
     {"done", "dns-persist-01", "example.com", "t"},
     2,
     {},
     "unknown command \"done\""},
};

// ---- mod_md

void mod_md_calls(CalledWorld& world) {
  world.sample("mod_md");
  world.ancestors({{"/usr/sbin/apache2", "-k", "start"}});
  world.record("example.com", lab_record("2a1f") + policy);
  world.record("www.example.net", lab_record("2a1f"));
}

const CallCase mod_md_cases[] = {
    {"renewing",
     mod_md_calls,
     {"mod-md", "renewing", "example.com"},
     0,
     {"example.com", "www.example.net"}},
    {"renewing_plain",
     mod_md_calls,
     {"renewing", "example.com"},
     0,
     {"example.com", "www.example.net"}},
    {"refused",
     [](CalledWorld& world) {
       mod_md_calls(world);
       world.record("www.example.net", lab_record("9"));
     },
     {"mod-md", "renewing", "example.com"},
     1,
     {"example.com", "www.example.net"},
     "www.example.net: not authorised"},
    {"challenge_setup",
     mod_md_calls,
     {"mod-md", "challenge-setup:dns-01:www.example.net", "example.com"},
     0,
     {"www.example.net"}},
    {"renewed", mod_md_calls, {"mod-md", "renewed", "example.com"}, 0, {}},
    {"renewed_plain", mod_md_calls, {"renewed", "example.com"}, 0, {}},
    {"renewed_of_nobody",
     [](CalledWorld& world) {
       mod_md_calls(world);
       world.ancestors({{"bash"}});
     },
     {"renewed", "example.com"},
     2,
     {},
     "unknown command \"renewed\""},
    {"no_reason", mod_md_calls, {"mod-md", "example.com"}, 2, {}, "REASON DOMAIN"},
};

class CallersTable : public ::testing::TestWithParam<CallCase> {};

TEST_P(CallersTable, Behaves) {
  expect_call(GetParam());
}

const auto case_name = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Lego5, CallersTable, ::testing::ValuesIn(lego5_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Lego4, CallersTable, ::testing::ValuesIn(lego4_cases), case_name);
INSTANTIATE_TEST_SUITE_P(AcmeSh, CallersTable, ::testing::ValuesIn(acme_sh_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Dehydrated, CallersTable, ::testing::ValuesIn(dehydrated_cases),
                         case_name);
INSTANTIATE_TEST_SUITE_P(Uacme, CallersTable, ::testing::ValuesIn(uacme_cases), case_name);
INSTANTIATE_TEST_SUITE_P(ModMd, CallersTable, ::testing::ValuesIn(mod_md_cases), case_name);

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

TEST(Callers, NobodyCalls) {
  CalledWorld world;
  const auto got = world.run({});
  EXPECT_EQ(got.status, 2);
  EXPECT_EQ(got.out, "");
  EXPECT_THAT(got.err, ::testing::HasSubstr("no command, and no ACME client that is known calls"));
}

TEST(Callers, E09_HundredThousandArguments) {
  CalledWorld world;
  const auto got = world.run(std::vector<std::string>(100'000, "x"));
  EXPECT_EQ(got.status, 2);
  std::vector<std::string> chain(3 * 30'000 + 1, "a..b");
  chain[0] = "deploy_challenge";
  EXPECT_EQ(world.run(chain).status, 2);
  EXPECT_EQ(world.asked(), std::vector<std::string>());
}

}  // namespace
}  // namespace persist::hook
