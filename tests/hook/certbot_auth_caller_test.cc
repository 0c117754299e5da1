// Calls of certbot's auth hook.
#include "certbot_world.h"

namespace persist::hook {
namespace {

const CallCase auth_cases[] = {
    {"plain", auth, {}, 0, of_example},
    {"named", auth, {"certbot-auth"}, 0, of_example},
    {"refused",
     [](CalledWorld& world) {
       auth(world);
       world.record("example.com", lab_record("9"));
     },
     {"certbot-auth"},
     1,
     of_example,
     "publish: _validation-persist.example.com. 3600 IN TXT"},
    {"identifiers_of_5_8",
     [](CalledWorld& world) {
       auth(world);
       world.set("CERTBOT_IDENTIFIER", "example.com");
       world.set("CERTBOT_ALL_IDENTIFIERS", "example.com,example.com,www.example.net");
     },
     {},
     0,
     of_example},
    {"only_identifiers",
     [](CalledWorld& world) {
       renew(world);
       world.set("CERTBOT_IDENTIFIER", "www.example.net");
       world.record("www.example.net", port_record);
     },
     {},
     0,
     {"www.example.net"}},
    {"E03_variables_contradict",
     [](CalledWorld& world) {
       auth(world);
       world.set("CERTBOT_IDENTIFIER", "other.example");
     },
     {},
     2,
     {},
     "CERTBOT_DOMAIN and CERTBOT_IDENTIFIER contradict each other"},
    {"E03_name_is_not_among_all",
     [](CalledWorld& world) {
       auth(world);
       world.unset("CERTBOT_DOMAIN");
       world.set("CERTBOT_DOMAIN", "other.example");
     },
     {},
     2,
     {},
     "CERTBOT_DOMAIN is \"other.example\", which CERTBOT_ALL_DOMAINS lacks"},
    {"E02_domain_empty",
     [](CalledWorld& world) {
       renew(world);
       world.set("CERTBOT_DOMAIN", "");
     },
     {},
     2,
     {},
     "the variable CERTBOT_DOMAIN is set, but empty"},
    {"E02_domain_missing",
     renew,
     {"certbot-auth"},
     2,
     {},
     "the variable CERTBOT_DOMAIN is not set"},
    {"E10_empty_item",
     [](CalledWorld& world) {
       auth(world);
       world.unset("CERTBOT_ALL_DOMAINS");
       world.set("CERTBOT_ALL_DOMAINS", "example.com,");
     },
     {},
     2,
     {},
     "CERTBOT_ALL_DOMAINS has an empty name in it"},
    {"C04_the_certificate_tells_that_both_are_wanted",
     [](CalledWorld& world) {
       auth(world);
       world.unset("CERTBOT_ALL_DOMAINS");
       world.set("CERTBOT_ALL_DOMAINS", "example.com");
       world.record("example.com", lab_record(account));
     },
     {},
     1,
     {"example.com"},
     "*.example.com: not authorised"},
    {"C04_twice_is_both",
     [](CalledWorld& world) {
       first_order(world);
       world.ancestors(certbot({"certonly", "--server", lab_directory}, "persist-hook"));
       world.set("CERTBOT_DOMAIN", "w.test");
       world.set("CERTBOT_ALL_DOMAINS", "w.test,w.test");
       world.record("w.test", lab_record(account));
     },
     {},
     1,
     {"w.test"},
     "*.w.test: not authorised"},
    {"C04_nothing_tells",
     [](CalledWorld& world) {
       first_order(world);
       world.ancestors(certbot({"certonly", "--server", lab_directory}, "persist-hook"));
       world.set("CERTBOT_DOMAIN", "w.test");
       world.record("w.test", lab_record(account));
     },
     {},
     3,
     {"w.test"},
     "w.test: could not find out: w.test is authorised, *.w.test is not"},
    {"C04_nothing_tells_but_the_owner",
     [](CalledWorld& world) {
       first_order(world);
       world.ancestors(certbot({"certonly", "--server", lab_directory}, "persist-hook"));
       world.set("CERTBOT_DOMAIN", "w.test");
       world.record("w.test", lab_record(account));
     },
     {"--no-wildcard"},
     0,
     {"w.test"}},
    {"C04_nothing_tells_and_there_is_no_record",
     [](CalledWorld& world) {
       first_order(world);
       world.ancestors(certbot({"certonly", "--server", lab_directory}, "persist-hook"));
       world.set("CERTBOT_DOMAIN", "w.test");
     },
     {},
     1,
     {"w.test"},
     "w.test: not authorised"},
    {"C04_command_line",
     [](CalledWorld& world) {
       first_order(world);
       world.set("CERTBOT_DOMAIN", "new.example");
     },
     {},
     0,
     {"new.example"}},
    {"S17_clean_up_leaves_its_variable_behind",
     [](CalledWorld& world) {
       auth(world);
       world.set("CERTBOT_AUTH_OUTPUT", "text");
       world.record("example.com", lab_record("9"));
     },
     {},
     1,
     of_example,
     "example.com: not authorised"},
    {"S17_next_certificate_is_checked_too",
     [](CalledWorld& world) {
       auth(world);
       write_lineage(world, "port-example.com", other_directory,
                     "authenticator = manual\npre_hook = persist-hook\n");
     },
     {},
     1,
     {"example.com", "www.example.net", "www.example.net"},
     "certificate \"port-example.com\" is not good to order"},
    {"two_certificates_with_these_names",
     [](CalledWorld& world) {
       auth(world);
       const std::string live = "etc/letsencrypt/live/port-example.com/cert.pem";
       std::filesystem::remove(world.root() / live);
       world.root().link(live, "../../archive/port-example.com/cert1.pem");
     },
     {},
     2,
     {},
     "hint: give one of --cert-name example.com, --cert-name port-example.com"},
    {"clean_up_named", auth, {"certbot-cleanup"}, 0, {}},
    {"without_certbot_above",
     [](CalledWorld& world) {
       auth(world);
       world.ancestors({{"bash"}});
     },
     {},
     2,
     {},
     "no ACME client that is known calls"},
    {"E01_name",
     [](CalledWorld& world) {
       renew(world);
       world.set("CERTBOT_DOMAIN", "$(id)");
     },
     {},
     2,
     {},
     "\"$(id)\" is no domain name"},
};

class CertbotAuthCalls : public ::testing::TestWithParam<CallCase> {};

TEST_P(CertbotAuthCalls, Behave) {
  expect_call(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, CertbotAuthCalls, ::testing::ValuesIn(auth_cases), case_name);

TEST(CertbotCaller, E10_HundredNames) {
  CalledWorld world;
  without_hooks(world);
  world.ancestors(certbot({"certonly", "--server", lab_directory}, "persist-hook"));
  std::string all;
  for (int i = 0; i < 100; ++i) {
    const std::string name = "n" + std::to_string(i) + ".example";
    all += (i == 0 ? "" : ",") + name;
    world.record(name, lab_record(account) + policy);
  }
  world.set("CERTBOT_DOMAIN", "n99.example");
  world.set("CERTBOT_ALL_DOMAINS", all);
  EXPECT_EQ(world.run({}).status, 0);
  EXPECT_EQ(world.asked().size(), 100U);
}

TEST(CertbotCaller, TwoAccountsAreListed) {
  CalledWorld world;
  first_order(world);
  world.root().write("etc/letsencrypt/accounts/acme.test/dir/0123/regr.json",
                     R"({"body": {}, "uri": "https://acme.test/my-account/2"})");
  const auto got = world.run({});
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.err, ::testing::HasSubstr("--account-url https://acme.test/my-account/2"));
  EXPECT_THAT(got.err,
              ::testing::HasSubstr("--account-url https://acme.test/my-account/" + account));
}

TEST(CertbotCaller, TheCommandToRepeatHoldsWhatWasFound) {
  CalledWorld world;
  renew(world);
  world.record("www.example.net", lab_record("9"));
  const auto got = world.run({});
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(got.err,
              ::testing::HasSubstr("again:   PERSIST_HOOK_ISSUER=lab.example "
                                   "PERSIST_HOOK_NO_CAA=true persist-hook check www.example.net "
                                   "--account-url https://acme.test/my-account/" +
                                   account + " --directory https://acme.test/dir"));
}

}  // namespace
}  // namespace persist::hook
