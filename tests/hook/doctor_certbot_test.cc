// `doctor`: what certbot's files, and what starts certbot, are worth as a gate.

#include "doctor_world.h"

namespace persist::hook {
namespace {

const std::string conf = "/etc/letsencrypt/renewal/a.conf";

const DoctorCase cases[] = {
    {"pre_hook_holds",
     [](const DoctorWorld& host) { host.lineage("a", "pre_hook = persist-hook certbot-pre\n"); },
     0,
     {},
     {"certbot holds " + conf + ":4"}},
    {"C01_pre_hook_of_a_program_that_is_gone",
     [](const DoctorWorld& host) {
       host.lineage("a", "pre_hook = /opt/persist-hook certbot-pre\n");
     },
     1,
     {"error hook-gone " + conf + ":4"},
     {"certbot gone " + conf + ":4"}},
    {"program_that_cannot_be_executed",
     [](const DoctorWorld& host) {
       host.root.set_mode("usr/bin/persist-hook", 0644);
       host.lineage("a", "pre_hook = /usr/bin/persist-hook\n");
     },
     1,
     {"error hook-gone " + conf + ":4"},
     {"certbot gone " + conf + ":4"}},
    {"auth_hook_holds_for_fresh_challenges",
     [](const DoctorWorld& host) {
       host.lineage("a", "manual_auth_hook = persist-hook certbot-auth\n");
     },
     0,
     {"notice only-fresh-challenges " + conf + ":4"},
     {"certbot holds " + conf + ":4"}},
    {"auth_hook_beside_a_pre_hook",
     [](const DoctorWorld& host) {
       host.lineage("a",
                    "manual_auth_hook = persist-hook certbot-auth\npre_hook = \"persist-hook\"\n");
     },
     0,
     {},
     {"certbot holds " + conf + ":4", "certbot holds " + conf + ":5"}},
    {"then_program_that_is_gone",
     [](const DoctorWorld& host) {
       host.lineage("a",
                    "pre_hook = persist-hook\n"
                    "manual_auth_hook = persist-hook certbot-auth --then /opt/update\n");
     },
     1,
     {"error then-gone " + conf + ":5"},
     {"certbot holds " + conf + ":4", "certbot holds " + conf + ":5"}},
    {"deploy_hook_alone_fails_open",
     [](const DoctorWorld& host) { host.lineage("a", "renew_hook = persist-hook check a.test\n"); },
     1,
     {"error after-the-order " + conf + ":4"},
     {"certbot too-late " + conf + ":4"}},
    {"deploy_hook_beside_a_gate",
     [](const DoctorWorld& host) {
       host.lineage("a", "renew_hook = persist-hook check a.test\npre_hook = persist-hook\n");
     },
     0,
     {},
     {"certbot too-late " + conf + ":4", "certbot holds " + conf + ":5"}},
    {"C01_abort_none",
     [](const DoctorWorld& host) {
       host.lineage("a", "pre_hook = persist-hook certbot-pre --certbot-abort=none\n");
     },
     1,
     {"error certbot-abort-none " + conf + ":4"},
     {"certbot not-aborted " + conf + ":4"}},
    {"abort_none_behind_a_gate_in_front",
     [](const DoctorWorld& host) {
       host.lineage("a", "pre_hook = persist-hook certbot-pre --certbot-abort none\n");
       host.root.write("etc/cron.d/certbot",
                       "0 3 * * * root persist-hook certbot-renew --each -- "
                       "certbot -q renew\n");
     },
     0,
     {"warning certbot-abort-none " + conf + ":4"},
     {"certbot holds /etc/cron.d/certbot:1", "certbot not-aborted " + conf + ":4"}},
    {"ignored_status_does_not_matter_to_certbot",
     [](const DoctorWorld& host) { host.lineage("a", "pre_hook = persist-hook || true\n"); },
     0,
     {},
     {"certbot holds " + conf + ":4"}},
    {"output_that_certbot_does_not_get",
     [](const DoctorWorld& host) { host.lineage("a", "pre_hook = persist-hook 2>/dev/null\n"); },
     3,
     {"unknown cannot-tell " + conf + ":4"},
     {"certbot cannot-tell " + conf + ":4"}},
    {"hook_that_only_a_shell_could_tell",
     [](const DoctorWorld& host) {
       host.lineage("a", "pre_hook = \"if test -e x; then persist-hook; fi\"\n");
     },
     3,
     {"unknown cannot-tell " + conf + ":4"},
     {"certbot cannot-tell " + conf + ":4"}},
    {"only_warns",
     [](const DoctorWorld& host) {
       host.lineage("a", "pre_hook = persist-hook certbot-pre --on-refused warn\n");
     },
     1,
     {"error only-warns " + conf + ":4"},
     {"certbot only-warned " + conf + ":4"}},
    {"hook_of_another_certificate",
     [](const DoctorWorld& host) {
       host.lineage("a", "pre_hook = persist-hook certbot-pre --cert-name b\n");
     },
     1,
     {"error wrong-certificate " + conf + ":4"},
     {"certbot other-names " + conf + ":4"}},
    {"certificate_that_lost_its_line",
     [](const DoctorWorld& host) {
       host.lineage("a", "");
       host.lineage("b", "pre_hook = persist-hook\n");
     },
     0,
     {"warning not-gated " + conf},
     {"certbot holds /etc/letsencrypt/renewal/b.conf:4"}},
    {"certificate_of_another_method",
     [](const DoctorWorld& host) {
       host.root.write("etc/letsencrypt/renewal/w.conf",
                       "[renewalparams]\nauthenticator = webroot\n");
       host.certificate("etc/letsencrypt", "w");
       host.lineage("b", "pre_hook = persist-hook\n");
     },
     0,
     {},
     {"certbot holds /etc/letsencrypt/renewal/b.conf:4"}},
    {"renewal_file_that_certbot_cannot_read",
     [](const DoctorWorld& host) { host.lineage("a", "?\npre_hook = persist-hook\n"); },
     3,
     {"unknown unreadable " + conf},
     {"certbot holds " + conf + ":5"}},
    {"folder_of_pre_hooks",
     [](const DoctorWorld& host) {
       host.lineage("a", "");
       host.program("etc/letsencrypt/renewal-hooks/pre/00-x",
                    "#!/bin/sh\nexec /usr/bin/persist-hook certbot-pre\n");
     },
     0,
     {},
     {"certbot holds /etc/letsencrypt/renewal-hooks/pre/00-x:2"}},
    {"folder_of_pre_hooks_with_a_script_that_cannot_be_executed",
     [](const DoctorWorld& host) {
       host.root.write("etc/letsencrypt/renewal-hooks/pre/00-x",
                       "#!/bin/sh\nexec /usr/bin/persist-hook certbot-pre\n");
       host.lineage("a", "pre_hook = persist-hook\n");
     },
     1,
     {"error hook-gone /etc/letsencrypt/renewal-hooks/pre/00-x"},
     {"certbot holds " + conf + ":4"}},
    {"folder_of_pre_hooks_with_python",
     [](const DoctorWorld& host) {
       host.program("etc/letsencrypt/renewal-hooks/pre/00-x",
                    "#!/usr/bin/python3\nimport os\nos.system('persist-hook')\n");
     },
     3,
     {"unknown cannot-tell /etc/letsencrypt/renewal-hooks/pre/00-x:3"},
     {"certbot cannot-tell /etc/letsencrypt/renewal-hooks/pre/00-x:3"}},
    {"folder_of_deploy_hooks_alone",
     [](const DoctorWorld& host) {
       host.program("etc/letsencrypt/renewal-hooks/deploy/x", "#!/bin/sh\npersist-hook\n");
     },
     1,
     {"error after-the-order /etc/letsencrypt/renewal-hooks/deploy/x:2"},
     {"certbot too-late /etc/letsencrypt/renewal-hooks/deploy/x:2"}},
    {"cli_ini",
     [](const DoctorWorld& host) {
       host.root.write("etc/letsencrypt/cli.ini", "# ours\npre-hook = persist-hook certbot-pre\n");
       host.lineage("a", "");
     },
     0,
     {},
     {"certbot holds /etc/letsencrypt/cli.ini:2"}},
    {"moved_folder",
     [](const DoctorWorld& host) {
       host.root.write("etc/cron.d/certbot", "0 3 * * * root certbot renew --config-dir /srv/le\n");
       host.root.write("srv/le/renewal/a.conf", "[renewalparams]\npre_hook = /gone/persist-hook\n");
     },
     1,
     {"error hook-gone /srv/le/renewal/a.conf:2"},
     {"certbot gone /srv/le/renewal/a.conf:2"}},
    {"credentials_that_nothing_needs",
     [](const DoctorWorld& host) {
       host.root.write("etc/letsencrypt/cf.ini", "dns_cloudflare_api_token = geheim\n");
       host.root.set_mode("etc/letsencrypt/cf.ini", 0644);
       host.lineage("a",
                    "pre_hook = persist-hook\n"
                    "dns_cloudflare_credentials = /etc/letsencrypt/cf.ini\n");
     },
     0,
     {"warning credentials-readable " + conf + ":5",
      "notice credentials-not-needed " + conf + ":5"},
     {"certbot holds " + conf + ":4"}},
    {"credentials_that_one_certificate_needs",
     [](const DoctorWorld& host) {
       host.lineage("a",
                    "pre_hook = persist-hook\n"
                    "dns_cloudflare_credentials = /etc/letsencrypt/cf.ini\n");
       host.root.write("etc/letsencrypt/renewal/b.conf",
                       "[renewalparams]\nauthenticator = dns-cloudflare\n");
       host.certificate("etc/letsencrypt", "b");
     },
     0,
     {},
     {"certbot holds " + conf + ":4"}},
};

class DoctorOfCertbot : public ::testing::TestWithParam<DoctorCase> {};

TEST_P(DoctorOfCertbot, Tells) {
  expect_examination(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, DoctorOfCertbot, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::hook
