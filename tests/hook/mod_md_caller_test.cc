// Calls by mod_md.
#include "called_world.h"

namespace persist::hook {
namespace {

const std::string policy = "; policy=wildcard";

void mod_md_calls(CalledWorld& world) {
  world.sample("mod_md");
  world.ancestors({{"/usr/sbin/apache2", "-k", "start"}});
  world.record("example.com", lab_record("2a1f") + policy);
  world.record("www.example.net", lab_record("2a1f"));
}

/// As the user sees it with whose rights httpd calls.
void move_to_staging(const CalledWorld& world) {
  const std::string store = world.root() / "etc/apache2/md";
  std::filesystem::rename(store + "/domains", store + "/staging");
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
    {"domains_are_root_s_alone",
     [](CalledWorld& world) {
       mod_md_calls(world);
       move_to_staging(world);
     },
     {"mod-md", "renewing", "example.com"},
     0,
     {"example.com", "www.example.net"}},
    {"account_is_new",
     [](CalledWorld& world) {
       mod_md_calls(world);
       move_to_staging(world);
       std::filesystem::remove_all(world.root() / "etc/apache2/md/accounts");
       world.root().write(
           "etc/apache2/md/staging/example.com/account.json",
           R"({"url": "https://acme.test/my-account/2a1f", "ca-url": ")" + lab_directory + R"("})");
     },
     {"mod-md", "challenge-setup:dns-01:www.example.net", "example.com"},
     0,
     {"www.example.net"}},
    {"no_account_yet",
     [](CalledWorld& world) {
       mod_md_calls(world);
       std::filesystem::remove_all(world.root() / "etc/apache2/md/accounts");
     },
     {"mod-md", "renewing", "example.com"},
     2,
     {},
     "no account URL of mod_md in \"/etc/apache2/md\""},
    {"no_store",
     [](CalledWorld& world) {
       mod_md_calls(world);
       std::filesystem::remove_all(world.root() / "etc/apache2/md");
     },
     {"mod-md", "renewing", "example.com"},
     2,
     {},
     "no account URL of mod_md in \"/etc/apache2/md or /etc/httpd/md\""},
    {"refused",
     [](CalledWorld& world) {
       mod_md_calls(world);
       world.record("www.example.net", lab_record("9"));
     },
     {"mod-md", "renewing", "example.com"},
     1,
     {"example.com", "www.example.net"},
     "www.example.net: not authorised"},
    {"certificate_ends_soon",
     [](CalledWorld& world) {
       mod_md_calls(world);
       world.dns_is_down();
       world.certificate_that_ends_soon("etc/apache2/md/domains/example.com/pubcert.pem");
     },
     {"mod-md", "renewing", "example.com"},
     0,
     {"example.com", "www.example.net"},
     "let through although nothing could be found out: the certificate ends at 2027-02-20"},
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

class ModMdCalls : public ::testing::TestWithParam<CallCase> {};

TEST_P(ModMdCalls, Behave) {
  expect_call(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, ModMdCalls, ::testing::ValuesIn(mod_md_cases), case_name);

}  // namespace
}  // namespace persist::hook
