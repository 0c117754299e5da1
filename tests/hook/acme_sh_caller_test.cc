// Calls by acme.sh.
#include "called_world.h"

namespace persist::hook {
namespace {

const std::string policy = "; policy=wildcard";

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

/// Records with an end, and a certificate that lives ninety days: it is renewed every sixty.
void record_that_ends_in(CalledWorld& world, int days) {
  acme_sh_calls(world);
  world.certificate_that_ends_soon("root/.acme.sh/example.com_ecc/fullchain.cer");
  const std::string end =
      "; persistUntil=" + std::to_string(world.fake.time.seconds + days * 86'400);
  world.record("example.com", lab_record("11c7db302b80dfbc") + policy + end);
  world.record("www.example.net", lab_record("11c7db302b80dfbc") + end);
}

const CallCase acme_sh_cases[] = {
    {"plain", acme_sh_calls, {}, 0, {"example.com", "www.example.net"}},
    {"named", acme_sh_calls, {"acme.sh"}, 0, {"example.com", "www.example.net"}},
    {"certificate_ends_soon",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.dns_is_down();
       world.certificate_that_ends_soon("root/.acme.sh/example.com_ecc/fullchain.cer");
     },
     {},
     0,
     {"example.com", "www.example.net"},
     "let through although nothing could be found out: the certificate ends at 2027-02-20"},
    {"record_ends_before_the_renewal_after_this_one",
     [](CalledWorld& world) { record_that_ends_in(world, 65); },
     {},
     0,
     {"example.com", "www.example.net"},
     "[DP505]"},
    {"record_outlives_the_renewal_after_this_one",
     [](CalledWorld& world) { record_that_ends_in(world, 68); },
     {},
     0,
     {"example.com", "www.example.net"}},
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
    {"F11_others_may_write_the_account",
     [](CalledWorld& world) {
       acme_sh_calls(world);
       world.root().set_mode("root/.acme.sh/ca/acme.test/dir/ca.conf", 0666);
     },
     {},
     0,
     {"example.com", "www.example.net"},
     "/root/.acme.sh/ca/acme.test/dir/ca.conf can be written by others than its owner (mode 0666"},
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

class AcmeShCalls : public ::testing::TestWithParam<CallCase> {};

TEST_P(AcmeShCalls, Behave) {
  expect_call(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, AcmeShCalls, ::testing::ValuesIn(acme_sh_cases), case_name);

}  // namespace
}  // namespace persist::hook
