// Calls by certbot: auth hook, pre-hook, and what stands in front of it.
#include "called_world.h"

namespace persist::hook {
namespace {

const std::string policy = "; policy=wildcard";
const std::string account = "7259321a4ef2d999";
const std::string other_account = "1b7b660c8195a18d";
const std::string port_record =
    "lab.example; accounturi=https://acme.test:14000/my-account/" + other_account;

std::vector<std::vector<std::string>> certbot(const std::vector<std::string>& arguments,
                                              const std::string& command) {
  std::vector<std::string> line{"/usr/bin/python3", "/usr/bin/certbot"};
  line.insert(line.end(), arguments.begin(), arguments.end());
  return {{"/usr/sbin/cron"}, line, {"/bin/sh", "-c", command}};
}

const std::string other_directory = "https://acme.test:14000/dir";

void write_lineage(const CalledWorld& world, const std::string& name, const std::string& directory,
                   const std::string& lines) {
  const bool is_other = directory == other_directory;
  world.root().write(
      "etc/letsencrypt/renewal/" + name + ".conf",
      std::string("[renewalparams]\naccount = ") +
          (is_other ? "8710ff16cbbc036e3732268f5a1bd5a0" : "5338c2c30ca08bc8bf5542fb566aadff") +
          "\nserver = " + directory + "\n" + lines);
}

/// `certbot renew -q` with two lineages at two CAs: `example.com`, which calls us, and
/// `port-example.com`, which does not, for `www.example.net`.
void renew(CalledWorld& world) {
  world.sample("certbot");
  write_lineage(world, "port-example.com", other_directory, "authenticator = webroot\n");
  const std::string certificate = "etc/letsencrypt/live/port-example.com/cert.pem";
  std::filesystem::remove(world.root() / certificate);
  world.root().write(certificate, testing::read_file(testing::testdata_folder() /
                                                     "clients/lego/tree/var/lib/lego/certificates/"
                                                     "www.example.net.crt"));
  world.ancestors(certbot({"renew", "-q"}, "persist-hook"));
  world.record("example.com", lab_record(account) + policy);
  world.record("www.example.net", lab_record(account));
}

void auth(CalledWorld& world) {
  renew(world);
  world.set("CERTBOT_DOMAIN", "example.com");
  world.set("CERTBOT_VALIDATION", "secret");
  world.set("CERTBOT_ALL_DOMAINS", "example.com,example.com,www.example.net");
  world.set("CERTBOT_REMAINING_CHALLENGES", "2");
}

/// Only `example.com` is left, and it does not call us.
void without_hooks(CalledWorld& world) {
  renew(world);
  std::filesystem::remove(world.root() / "etc/letsencrypt/renewal/port-example.com.conf");
  write_lineage(world, "example.com", lab_directory, "authenticator = webroot\n");
}

/// What a name that is ordered for the first time has: a command line.
void first_order(CalledWorld& world) {
  without_hooks(world);
  world.ancestors(certbot({"certonly", "--server", lab_directory, "-d", "new.example",
                           "--domains=*.new.example,b.example", "--pre-hook", "persist-hook"},
                          "persist-hook"));
  world.record("new.example", lab_record(account) + policy);
  world.record("b.example", lab_record(account));
}

const std::vector<std::string> of_example{"example.com", "www.example.net"};

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
     "5338c2c30ca08bc8bf5542fb566aadff/private_key.json\" tells it"},
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
    {"front", renew, {"certbot-renew"}, 0, of_example},
    {"front_without_certbot_above",
     [](CalledWorld& world) {
       renew(world);
       world.ancestors({{"/sbin/init"}});
     },
     {"certbot-renew"},
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

class CertbotTable : public ::testing::TestWithParam<CallCase> {};

TEST_P(CertbotTable, Behaves) {
  expect_call(GetParam());
}

const auto case_name = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Auth, CertbotTable, ::testing::ValuesIn(auth_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Pre, CertbotTable, ::testing::ValuesIn(pre_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Renew, CertbotTable, ::testing::ValuesIn(renew_cases), case_name);

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
