// `doctor`: the files of the other clients, our settings, keys, secrets.

#include "base/base64url.h"
#include "doctor_world.h"

namespace persist::hook {
namespace {

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
     {"unknown unreadable /etc/crontab"},
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

}  // namespace
}  // namespace persist::hook
