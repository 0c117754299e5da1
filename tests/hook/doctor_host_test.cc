// `doctor`: the files of the other clients, our settings, keys, versions; the report as a whole.

#include <chrono>

#include "base/base64url.h"
#include "doctor_world.h"
#include "hook/doctor/abilities.h"
#include "hook/doctor/finding.h"

namespace persist::hook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string conf = "/root/.acme.sh/a.test/a.test.conf";
const std::string yaml = "/etc/persist-hook.yaml";

/// A gate that holds, so that all else is what the row is about.
void gate(const DoctorWorld& host) {
  host.lineage("a", "pre_hook = persist-hook\n");
}
const std::vector<std::string> held{"certbot holds /etc/letsencrypt/renewal/a.conf:4"};
const std::vector<std::string> not_aborted{"certbot not-aborted /etc/letsencrypt/renewal/a.conf:4"};
const std::vector<std::string> only_warned{"certbot only-warned /etc/letsencrypt/renewal/a.conf:4"};

template <const char* text>
void settings(const DoctorWorld& host) {
  gate(host);
  host.root.write("etc/persist-hook.yaml", text);
}
constexpr char warns[] = "on-refused: warn\n";
constexpr char no_abort[] = "certbot-abort: none\n";
constexpr char bypass[] = "bypass: {until: 2100-01-01, reason: INC-1}\n";
constexpr char old_bypass[] = "bypass: {until: 2001-01-01, reason: INC-1}\n";
constexpr char half_bypass[] = "bypass: {until: 2100-01-01}\n";
constexpr char unknown_setting[] = "account_url: x\n";
constexpr char no_yaml[] = "quiet: [true\n";
constexpr char then_gone[] = "then: /opt/gone\n";
constexpr char quiet[] = "quiet: true\n";

std::string base64(const std::string& text) {
  return to_base64url(std::vector<std::uint8_t>(text.begin(), text.end()));
}

const DoctorCase cases[] = {
    {"nothing_found", [](const DoctorWorld&) {}, 3, {"unknown nothing-found"}, {}},
    {"client_without_a_gate",
     [](const DoctorWorld& host) { host.program("usr/bin/uacme"); },
     0,
     {"notice no-gate"},
     {}},
    {"acme_sh_plain",
     [](const DoctorWorld& host) { host.acme_sh("a.test", "Le_PreHook='persist-hook acme.sh'\n"); },
     0,
     {},
     {"acme.sh holds " + conf + ":3"}},
    {"acme_sh_encoded",
     [](const DoctorWorld& host) {
       host.acme_sh("a.test", "Le_PreHook='__ACME_BASE64__START_" + base64("persist-hook || true") +
                                  "==__ACME_BASE64__END_'\n");
     },
     1,
     {"error failure-ignored " + conf + ":3"},
     {"acme.sh ignored " + conf + ":3"}},
    {"acme_sh_damaged",
     [](const DoctorWorld& host) {
       host.acme_sh("a.test", "Le_PreHook='__ACME_BASE64__START_*__ACME_BASE64__END_'\n");
     },
     3,
     {"unknown cannot-tell " + conf + ":3"},
     {"acme.sh cannot-tell " + conf + ":3"}},
    {"acme_sh_gone_fails_closed",
     [](const DoctorWorld& host) { host.acme_sh("a.test", "Le_PreHook='/opt/persist-hook'\n"); },
     1,
     {"error hook-gone " + conf + ":3"},
     {"acme.sh gone " + conf + ":3"}},
    {"acme_sh_post_hook_alone",
     [](const DoctorWorld& host) { host.acme_sh("a.test", "Le_ReloadCmd='persist-hook'\n"); },
     1,
     {"error after-the-order " + conf + ":3"},
     {"acme.sh too-late " + conf + ":3"}},
    {"acme_sh_without_a_hook",
     [](const DoctorWorld& host) { host.acme_sh("a.test", "Le_PreHook=''\n"); },
     0,
     {"warning not-gated " + conf},
     {}},
    {"G8_acme_sh_secrets_that_nothing_needs",
     [](const DoctorWorld& host) {
       host.acme_sh("a.test", "Le_PreHook='persist-hook'\n");
       host.root.write("root/.acme.sh/account.conf",
                       "SAVED_CF_Token='geheim'\nUSER_PATH='/bin'\nSAVED_CF_Zone='geheim'\n");
       host.root.set_mode("root/.acme.sh/account.conf", 0644);
     },
     0,
     {"warning credentials-readable /root/.acme.sh/account.conf",
      "notice credentials-not-needed /root/.acme.sh/account.conf"},
     {"acme.sh holds " + conf + ":3"}},
    {"acme_sh_secrets_that_are_needed",
     [](const DoctorWorld& host) {
       host.acme_sh("a.test", "Le_PreHook='persist-hook'\n");
       host.root.write("root/.acme.sh/b.test_ecc/b.test.conf",
                       "Le_Domain='b.test'\nLe_Webroot='dns_cf'\n");
       host.root.write("root/.acme.sh/account.conf", "SAVED_CF_Token='geheim'\n");
       host.root.set_mode("root/.acme.sh/account.conf", 0600);
     },
     0,
     {},
     {"acme.sh holds " + conf + ":3"}},
    {"dehydrated",
     [](const DoctorWorld& host) {
       host.root.write("etc/dehydrated/config", "CA=letsencrypt\nHOOK=/usr/bin/persist-hook\n");
     },
     0,
     {},
     {"dehydrated holds /etc/dehydrated/config:2"}},
    {"dehydrated_that_is_overruled",
     [](const DoctorWorld& host) {
       host.root.write("etc/dehydrated/config", "HOOK=/usr/bin/persist-hook\n");
       host.root.write("etc/dehydrated/conf.d/x.sh", "HOOK=\"/opt/persist-hook\"\n");
     },
     1,
     {"error hook-gone /etc/dehydrated/conf.d/x.sh:1"},
     {"dehydrated gone /etc/dehydrated/conf.d/x.sh:1"}},
    {"dehydrated_in_a_variable",
     [](const DoctorWorld& host) {
       host.root.write("etc/dehydrated/config", "HOOK=${BASEDIR}/persist-hook\n");
     },
     3,
     {"unknown cannot-tell /etc/dehydrated/config:1"},
     {"dehydrated cannot-tell /etc/dehydrated/config:1"}},
    {"lego_configuration",
     [](const DoctorWorld& host) {
       host.root.write("root/.lego.yml",
                       "hooks:\n  pre:\n    command: persist-hook lego\n  deploy:\n"
                       "    command: 'persist-hook check a.test'\n");
     },
     0,
     {},
     {"lego holds /root/.lego.yml:3", "lego too-late /root/.lego.yml:5"}},
    {"lego_secrets_that_nothing_needs",
     [](const DoctorWorld& host) {
       host.root.write("etc/cron.d/lego",
                       "@daily root lego run --dns-persist -d a.test "
                       "--pre-hook 'persist-hook lego'\n");
       host.root.write("etc/lego/dns.env", "LEGO_PATH=/x\nexport HETZNER_API_KEY=geheim\n");
       host.root.set_mode("etc/lego/dns.env", 0600);
     },
     0,
     {"notice credentials-not-needed /etc/lego/dns.env"},
     {"lego holds /etc/cron.d/lego:1"}},
    {"mod_md",
     [](const DoctorWorld& host) {
       host.root.write("etc/apache2/conf-enabled/md.conf",
                       "MDomain a.test\nMDMessageCmd /usr/bin/persist-hook mod-md\n");
     },
     0,
     {},
     {"mod-md holds /etc/apache2/conf-enabled/md.conf:2"}},
    {"mod_md_notify",
     [](const DoctorWorld& host) {
       host.root.write("etc/apache2/conf-enabled/md.conf",
                       "mdnotifycmd /usr/bin/persist-hook mod-md\n");
     },
     1,
     {"error after-the-order /etc/apache2/conf-enabled/md.conf:1"},
     {"mod-md too-late /etc/apache2/conf-enabled/md.conf:1"}},
    {"settings_that_are_fine", settings<quiet>, 0, {}, held},
    {"settings_that_only_warn",
     settings<warns>,
     1,
     {"error only-warns " + yaml, "error only-warns /etc/letsencrypt/renewal/a.conf:4"},
     only_warned},
    {"settings_without_abort",
     settings<no_abort>,
     1,
     {"error certbot-abort-none " + yaml,
      "error certbot-abort-none /etc/letsencrypt/renewal/a.conf:4"},
     not_aborted},
    {"bypass_in_force", settings<bypass>, 0, {"warning bypass-in-force " + yaml}, held},
    {"bypass_that_ended", settings<old_bypass>, 0, {"notice bypass-expired " + yaml}, held},
    {"half_a_bypass", settings<half_bypass>, 1, {"error settings-refused " + yaml}, held},
    {"unknown_setting", settings<unknown_setting>, 1, {"error settings-refused " + yaml}, held},
    {"settings_that_are_no_yaml", settings<no_yaml>, 1, {"error settings-refused " + yaml}, held},
    {"settings_with_then", settings<then_gone>, 1, {"error then-gone " + yaml}, held},
    {"F11_settings_that_others_may_write",
     [](const DoctorWorld& host) {
       settings<quiet>(host);
       host.root.set_mode("etc/persist-hook.yaml", 0666);
     },
     1,
     {"error settings-refused " + yaml},
     held},
    {"F11_F13_account_files",
     [](const DoctorWorld& host) {
       gate(host);
       const std::string home = "etc/letsencrypt/accounts/ca.test/dir/1/";
       host.root.write(home + "regr.json", R"({"body": {}, "uri": "https://ca.test/acct/1"})");
       host.root.write(home + "private_key.json", "{}");
       host.root.set_mode(home + "regr.json", 0666);
       host.root.set_mode(home + "private_key.json", 0644);
     },
     0,
     {"warning account-writable /etc/letsencrypt/accounts/ca.test/dir/1/regr.json",
      "warning key-readable /etc/letsencrypt/accounts/ca.test/dir/1/private_key.json"},
     held},
    {"F12_tables_that_cannot_be_read",
     [](const DoctorWorld& host) {
       gate(host);
       std::filesystem::create_directories(host.root / "etc/cron.d/folder");
       host.root.link("etc/crontab", "crontab");
     },
     3,
     {"unknown unreadable /etc/crontab", "unknown unreadable /etc/cron.d/folder"},
     held},
    {"S16_links_that_lead_out",
     [](const DoctorWorld& host) {
       host.lineage("a", "pre_hook = /usr/local/bin/persist-hook\n");
       host.root.link("usr/local/bin/persist-hook", "/bin/sh");
     },
     1,
     {"error hook-gone /etc/letsencrypt/renewal/a.conf:4"},
     {"certbot gone /etc/letsencrypt/renewal/a.conf:4"}},
};

class DoctorOfHost : public ::testing::TestWithParam<DoctorCase> {};

TEST_P(DoctorOfHost, Tells) {
  expect_examination(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, DoctorOfHost, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

/// Clients of every kind, as their packages leave them, and gates that hold.
void lay_out(const DoctorWorld& host) {
  host.root.write("etc/persist-hook.yaml", "quiet: true\n");
  host.lineage("example.com", "pre_hook = persist-hook certbot-pre --cert-name example.com\n");
  host.program("usr/bin/certbot", "#!/usr/bin/python3\n");
  host.root.write("usr/lib/python3/dist-packages/certbot-2.1.0.egg-info/PKG-INFO",
                  "Metadata-Version: 2.1\nName: certbot\nVersion: 2.1.0\n");
  host.program("root/.acme.sh/acme.sh", "#!/usr/bin/env sh\n\nVER=3.1.5\n");
  host.acme_sh("a.test", "Le_PreHook='persist-hook'\n");
  host.program("usr/bin/dehydrated", "#!/usr/bin/env bash\nVERSION=\"0.7.2\"\n");
  host.root.write("etc/dehydrated/config", "CA=letsencrypt\nHOOK=/usr/bin/persist-hook\n");
  host.program("usr/bin/uacme");
  host.root.write("var/lib/dpkg/status",
                  "Package: uacme\nStatus: install ok installed\nVersion: 1.8.1-1\n\n"
                  "Package: lego\nStatus: deinstall ok config-files\nVersion: 4.9.1\n");
  host.root.write("etc/cron.d/uacme",
                  "@daily root persist-hook check a.test && uacme issue a.test\n");
  host.program("usr/bin/lego");
}

TEST(Doctor, ACleanHostTellsWhatWasLookedAt) {
  const DoctorWorld host;
  lay_out(host);
  const auto got = host.run_doctor();
  EXPECT_EQ(got.status, 0);
  EXPECT_THAT(got.err, IsEmpty());
  testing::expect_golden("hook/doctor_clean.txt", got.out);
}

TEST(Doctor, AsJson) {
  const DoctorWorld host;
  lay_out(host);
  host.root.write("etc/cron.d/lego", "@daily root persist-hook lego; lego run\n");
  const auto got = host.run_doctor({"--format", "json"});
  EXPECT_EQ(got.status, 1);
  testing::expect_golden("hook/doctor.json", got.out);
}

TEST(Doctor, ListsCallers) {
  const DoctorWorld host;
  lay_out(host);
  host.root.write("etc/cron.d/lego",
                  "@daily root CF_TOKEN=geheim persist-hook lego --quiet; lego run\n");
  const auto got = host.run_doctor({"--callers"});
  EXPECT_EQ(got.status, 0);
  testing::expect_golden("hook/doctor_callers.txt", got.out);
  EXPECT_EQ(host.run_doctor({"--callers", "--format", "json"}).status, 2);
}

TEST(Doctor, G8_NoSecretIsTold) {
  const DoctorWorld host;
  host.root.write("etc/cron.d/lego",
                  "X=geheim\n@daily root CF_TOKEN=geheim persist-hook lego; "
                  "CF_TOKEN=geheim lego run\n");
  host.root.write("root/.acme.sh/account.conf", "SAVED_CF_Token='geheim'\n");
  host.root.write("etc/lego/dns.env", "CF_TOKEN=geheim\n");
  for (const char* const format : {"text", "json"}) {
    EXPECT_THAT(host.run_doctor({"--format", format}).out, Not(HasSubstr("geheim"))) << format;
  }
}

/// What a line must not hold, put wherever text from outside goes.
const std::string hostile = "x\x1b[2J::error::y##[error]z\r\x9b";

TEST(Doctor, G5_S12_HostileTextsAreEscapedEverywhere) {
  const DoctorWorld host;
  host.lineage(hostile, "pre_hook = /opt/" + hostile + "/persist-hook " + hostile + "\n");
  host.lineage("b" + hostile, "pre_hook = persist-hook --cert-name " + hostile + "\n");
  host.acme_sh(hostile, "Le_PreHook='/opt/persist-hook --then /opt/" + hostile + "'\n");
  host.root.write("etc/cron.d/" + hostile, "PERSIST_HOOK_" + hostile + "=1\n@daily root /" +
                                               hostile + "/persist-hook; /opt/" + hostile +
                                               "/certbot renew\n");
  host.root.write("etc/persist-hook.yaml", "bypass: {until: 2100-01-01, reason: \"::error::x\"}\n");
  host.program("opt/" + hostile + "/certbot", "x");
  host.program("root/.acme.sh/acme.sh", "\nVER=" + hostile + "\n");
  host.root.write("root/.acme.sh/account.conf", "SAVED_" + hostile + "=1\n");
  host.root.write("etc/letsencrypt/renewal/d" + hostile + ".conf", "?" + hostile + "\n");
  for (const DoctorWorld::Texts& more :
       {DoctorWorld::Texts{}, {"--format", "json"}, {"--callers"}}) {
    const auto got = host.run_doctor(more);
    for (const std::string& text : {got.out, got.err}) {
      EXPECT_THAT(text, Not(HasSubstr("::error")));
      EXPECT_THAT(text, Not(HasSubstr("##[error]")));
      for (const char c : text) {
        EXPECT_TRUE(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != '\x7f' &&
                                  static_cast<unsigned char>(c) < 0x80))
            << static_cast<int>(c);
      }
    }
  }
}

TEST(Doctor, G4_AHundredThousandLinesTakeLinearTime) {
  const auto seconds_for = [](std::size_t lines) {
    const DoctorWorld host;
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) text += "0 3 * * * root certbot -q renew\n";
    host.root.write("etc/crontab", text + "0 4 * * * root persist-hook lego && lego run\n");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(host.run_doctor({"--callers"}).out,
              "lego /etc/crontab:" + std::to_string(lines + 1) + " persist-hook lego\n");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  // Quadratic would be a hundred times as long; what a busy machine adds stays far below.
  EXPECT_LT(seconds_for(100'000), 40 * std::max(seconds_for(10'000), 0.05));
}

TEST(Doctor, IgnoresItsOwnVariablesAndSettings) {
  testing::FakeEnvironment fake;
  const DoctorWorld host;
  gate(host);
  fake.variables = {{"PERSIST_HOOK_BOGUS", "1"}};
  fake.files["/etc/persist-hook.yaml"] = "bogus: 1\n";
  EXPECT_EQ(fake.run(run, {"doctor", "--root", host.root.path()}).status, 0);
}

TEST(Doctor, ThePageHasEveryFinding) {
  const std::string page = testing::read_file(testing::source_folder() / "docs/doctor.md");
  for (const doctor::FindingKind* kind : doctor::finding_kinds()) {
    EXPECT_THAT(page, HasSubstr("\n### " + std::string(kind->id) + "\n"));
  }
}

const Case usage[] = {
    {"help_doctor", {"doctor", "--help"}, 0},
    {"doctor_positional", {"doctor", "certbot"}, 2},
    {"doctor_root_that_is_not_there", {"doctor", "--root", "/nonexistent/root"}, 2},
};

class DoctorUsage : public ::testing::TestWithParam<Case> {};

TEST_P(DoctorUsage, WholeOutput) {
  expect_run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, DoctorUsage, ::testing::ValuesIn(usage),
                         [](const auto& row) { return row.param.name; });

struct AbilityCase {
  std::string client, version;
  doctor::Ability want;
};

TEST(Ability, FollowsTheTable) {
  using doctor::Ability;
  for (const AbilityCase& row : {AbilityCase{"certbot", "2.1.0-4", Ability::no},
                                 {"certbot", "5.8.0", Ability::no},
                                 {"certbot", "5.8.1", Ability::not_known},
                                 {"lego", "4.9.1", Ability::no},
                                 {"lego", "4.99", Ability::not_known},
                                 {"lego", "v5.3.1", Ability::yes},
                                 {"acme.sh", "3.1.3", Ability::no},
                                 {"acme.sh", "3.1.10", Ability::yes},
                                 {"dehydrated", "0.7.3", Ability::not_known},
                                 {"uacme", "1:1.8.1-1", Ability::yes},
                                 {"uacme", "latest", Ability::not_known},
                                 {"getssl", "2.48", Ability::not_known}}) {
    EXPECT_EQ(doctor::ability_of(row.client, row.version), row.want)
        << row.client << " " << row.version;
  }
  EXPECT_EQ(doctor::ability_of("certbot", {}), Ability::not_known);
}

}  // namespace
}  // namespace persist::hook
