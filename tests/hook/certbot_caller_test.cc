// Calls of certbot's pre-hook, and of what stands in front of certbot.
#include "certbot_world.h"

namespace persist::hook {
namespace {

const CallCase pre_cases[] = {
    {"plain", renew, {}, 0, of_example},
    {"named", renew, {"certbot-pre"}, 0, of_example},
    {"refused",
     [](CalledWorld& world) {
       renew(world);
       world.record("www.example.net", lab_record("9"));
     },
     {"certbot-pre"},
     1,
     of_example,
     "www.example.net: not authorised"},
    {"cert_name",
     [](CalledWorld& world) {
       renew(world);
       world.record("www.example.net", port_record);
     },
     {"certbot-pre", "--cert-name", "port-example.com"},
     0,
     {"www.example.net"}},
    {"cert_name_that_there_is_not",
     renew,
     {"certbot-pre", "--cert-name", "gone"},
     2,
     {},
     "certbot has no certificate \"gone\" in /etc/letsencrypt"},
    {"cert_name_beside_stale_variables",
     [](CalledWorld& world) {
       auth(world);
       world.record("www.example.net", port_record);
     },
     {"--cert-name", "port-example.com"},
     0,
     {"www.example.net"}},
    {"cert_name_of_certbot",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors(certbot({"renew", "--cert-name", "port-example.com"}, "persist-hook"));
       world.record("www.example.net", port_record);
     },
     {},
     0,
     {"www.example.net"}},
    {"first_order", first_order, {}, 0, {"new.example", "b.example"}},
    {"first_order_with_a_name",
     first_order,
     {"certbot-pre", "--cert-name", "new.example"},
     0,
     {"new.example", "b.example"}},
    {"letters_together",
     [](CalledWorld& world) {
       first_order(world);
       world.ancestors(certbot({"certonly", "--server", lab_directory, "-nqd", "b.example"}, "x"));
     },
     {},
     0,
     {"b.example"}},
    {"nothing_concerns_us",
     without_hooks,
     {},
     2,
     {},
     "which certificate certbot is about to order is not known"},
    {"all", without_hooks, {"certbot-pre", "--all"}, 0, of_example},
    {"test_server",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors(certbot({"renew", "--dry-run"}, "persist-hook"));
     },
     {},
     2,
     {},
     "no account URL of certbot at \"https://acme-staging-v02.api.letsencrypt.org/directory\""},
    {"server_of_the_command_line",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors(
           certbot({"renew", "--server", "https://acme.test:14000/dir"}, "persist-hook"));
       world.record("example.com", port_record + policy);
       world.record("www.example.net", port_record);
     },
     {},
     0,
     of_example},
    {"abbreviated_options",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors(certbot({"renew", "--serv=https://acme.test:14000/dir"}, "persist-hook"));
       world.record("example.com", port_record + policy);
       world.record("www.example.net", port_record);
     },
     {},
     0,
     of_example},
    {"dialect_02_without_thumbprint",
     renew,
     {"certbot-pre", "--dialect", "02", "--account-hash-prefix", "https://acme.test/hash/"},
     2,
     {},
     "persist-hook-acme is not there"},
    {"moved_folder",
     [](CalledWorld& world) {
       renew(world);
       std::filesystem::create_directories(world.root() / "srv");
       std::filesystem::rename(world.root() / "etc/letsencrypt", world.root() / "srv/le");
       world.ancestors(certbot({"renew", "--config-dir", "le"}, "persist-hook"), "/srv");
     },
     {},
     0,
     of_example},
    {"server_of_cli_ini",
     [](CalledWorld& world) {
       first_order(world);
       world.ancestors(certbot({"certonly", "-d", "b.example"}, "persist-hook"));
       world.root().write("etc/letsencrypt/cli.ini", "# ours\nserver = " + lab_directory + "\n");
     },
     {},
     0,
     {"b.example"}},
    {"a_name_in_a_command_is_no_certbot",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors({{"vim", "certbot"}, {"/bin/sh", "-c", "certbot renew"}});
     },
     {},
     2,
     {},
     "no ACME client that is known calls"},
    {"as_a_module",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors({{"python3.11", "-W", "ignore", "-m", "certbot", "renew"}});
     },
     {},
     0,
     of_example},
    {"unreadable_renewal_file",
     [](CalledWorld& world) {
       renew(world);
       std::filesystem::create_directories(world.root() / "etc/letsencrypt/renewal/x.conf");
     },
     {},
     2,
     {},
     "renewal/x.conf: is a directory, not a file"},
    {"certificate_is_gone",
     [](CalledWorld& world) {
       renew(world);
       std::filesystem::remove(world.root() / "etc/letsencrypt/live/example.com/cert.pem");
     },
     {},
     2,
     {},
     "the names of certificate \"example.com\" are not known"},
};

const CallCase renew_cases[] = {
    {"front", renew, {"certbot-renew", "--quiet"}, 0, of_example},
    {"front_without_certbot_above",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors({{"/sbin/init"}});
     },
     {"certbot-renew", "--quiet"},
     0,
     of_example},
    {"front_refused",
     [](CalledWorld& world) {
       renew(world);
       world.record("example.com", lab_record("9"));
     },
     {"certbot-renew"},
     1,
     of_example,
     "example.com: not authorised"},
    {"authenticator_of_the_method",
     [](CalledWorld& world) {
       without_hooks(world);
       write_lineage(world, "example.com", lab_directory, "authenticator = dns-persist\n");
     },
     {"certbot-renew"},
     0,
     of_example},
    {"nothing_concerns_us",
     without_hooks,
     {"certbot-renew"},
     0,
     {},
     "no certificate of certbot concerns this method"},
    {"others_are_told_as_skipped",
     renew,
     {"certbot-renew"},
     0,
     of_example,
     "skipped, as nothing in them calls us: port-example.com (--also-cert NAME or --all takes them "
     "in)"},
    {"the_owner_names_another_one",
     [](CalledWorld& world) {
       renew(world);
       world.record("www.example.net", port_record);
     },
     {"certbot-renew", "--also-cert", "port-example.com"},
     1,
     {"example.com", "www.example.net", "www.example.net"},
     "certificate \"example.com\" is not good to order"},
    {"the_settings_file_names_another_one",
     [](CalledWorld& world) {
       without_hooks(world);
       world.fake.files["/etc/persist-hook.yaml"] = "also-cert: [example.com]\n";
     },
     {"certbot-renew"},
     0,
     of_example},
    {"the_owner_names_one_that_there_is_not",
     renew,
     {"certbot-renew", "--also-cert", "gone"},
     2,
     {},
     "certbot has no certificate \"gone\""},
    {"one_that_there_is_not",
     without_hooks,
     {"certbot-renew", "--cert-name", "gone"},
     2,
     {},
     "certbot has no certificate \"gone\""},
    {"no_certbot_on_this_host",
     [](CalledWorld&) {},
     {"certbot-renew"},
     0,
     {},
     "no certificate of certbot concerns this method"},
};

class CertbotCalls : public ::testing::TestWithParam<CallCase> {};

TEST_P(CertbotCalls, Behave) {
  expect_call(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Pre, CertbotCalls, ::testing::ValuesIn(pre_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Renew, CertbotCalls, ::testing::ValuesIn(renew_cases), case_name);

}  // namespace
}  // namespace persist::hook
