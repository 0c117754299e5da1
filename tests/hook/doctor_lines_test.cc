// `doctor`: lines of cron and of systemd that call persist-hook, or start a client without it.

#include "doctor_world.h"

namespace persist::hook {
namespace {

/// A table of cron with this command.
template <const char* command>
void cron(const DoctorWorld& host) {
  host.root.write("etc/cron.d/acme", std::string("0 3 * * * root ") + command + "\n");
}

void unit(const DoctorWorld& host, const std::string& lines) {
  host.root.write("usr/lib/systemd/system/certbot.service",
                  "[Service]\nType=oneshot\nExecStart=/usr/bin/certbot -q renew\n");
  host.root.write("etc/systemd/system/certbot.service.d/gate.conf", "[Service]\n" + lines);
}

const std::string table = "/etc/cron.d/acme:1";
const std::string drop_in = "/etc/systemd/system/certbot.service.d/gate.conf:2";

constexpr char in_front[] = "persist-hook certbot-renew && certbot -q renew";
constexpr char each[] = "/usr/bin/persist-hook certbot-renew --each -- /usr/bin/certbot -q renew";
constexpr char each_ignored[] = "persist-hook exec a.test -- certbot -q renew || true";
constexpr char semicolon[] = "persist-hook certbot-renew; certbot -q renew";
constexpr char or_true[] = "persist-hook certbot-renew || true; certbot -q renew";
constexpr char or_exit[] = "persist-hook certbot-renew || exit 1; certbot -q renew";
constexpr char piped[] = "persist-hook certbot-renew | logger && certbot -q renew";
constexpr char pipefail[] =
    "bash -o pipefail -c 'x'; set -euo pipefail; persist-hook lego | logger; lego run";
constexpr char behind[] = "certbot -q renew && persist-hook certbot-renew";
constexpr char in_background[] = "persist-hook certbot-renew & certbot -q renew";
constexpr char tested[] =
    "[ -x /usr/bin/persist-hook ] && persist-hook certbot-renew && certbot renew";
constexpr char conditional[] = "if persist-hook certbot-renew; then certbot renew; fi";
constexpr char or_us[] = "test -e /run/x || persist-hook certbot-renew && certbot renew";
constexpr char in_a_shell[] = "sh -ec 'persist-hook certbot-renew; certbot renew'";
constexpr char in_a_plain_shell[] = "sh -c 'persist-hook certbot-renew; certbot renew'";
constexpr char wrapped[] = "nice -n 19 flock /run/x /usr/bin/persist-hook lego && FOO=1 lego run";
constexpr char gone[] = "/opt/persist-hook certbot-renew && certbot -q renew";
constexpr char gone_ignored[] = "/opt/persist-hook certbot-renew ; certbot -q renew";
constexpr char gone_exec_path[] = "EXEC_MODE=RAW EXEC_PATH=/opt/persist-hook lego --dns exec run";
constexpr char exec_path[] = "EXEC_MODE=RAW EXEC_PATH=/usr/bin/persist-hook lego --dns exec run";
constexpr char lego_pre[] = "lego run -d a.test --dns-persist --pre-hook 'persist-hook lego'";
constexpr char lego_alone[] = "lego run -d a.test --dns-persist";
constexpr char pre_line[] = "certbot renew --pre-hook 'persist-hook certbot-pre'";
constexpr char late_line[] = "certbot renew --deploy-hook 'persist-hook check a.test'";
constexpr char uacme[] = "uacme -h /usr/bin/persist-hook issue a.test";
constexpr char uacme_gone[] = "uacme -h /opt/persist-hook issue a.test";
constexpr char dehydrated[] = "dehydrated -c --hook=/usr/bin/persist-hook";
constexpr char monitor[] = "persist-hook check a.test";
constexpr char percent[] = "persist-hook certbot-renew && certbot renew %|| true";
constexpr char commented[] = "certbot renew # persist-hook certbot-renew &&";
constexpr char unclear_program[] = "$HOME/persist-hook certbot-renew && certbot renew";
constexpr char container[] = "docker run --rm tools persist-hook certbot-renew";

const DoctorCase cases[] = {
    {"in_front", cron<in_front>, 0, {}, {"certbot holds " + table}},
    {"each", cron<each>, 0, {}, {"certbot holds " + table}},
    {"each_whose_status_is_ignored", cron<each_ignored>, 0, {}, {"certbot holds " + table}},
    {"semicolon",
     cron<semicolon>,
     1,
     {"error failure-ignored " + table},
     {"certbot ignored " + table}},
    {"or_true", cron<or_true>, 1, {"error failure-ignored " + table}, {"certbot ignored " + table}},
    {"or_exit", cron<or_exit>, 0, {}, {"certbot holds " + table}},
    {"piped", cron<piped>, 1, {"error failure-ignored " + table}, {"certbot ignored " + table}},
    {"piped_where_pipes_fail", cron<pipefail>, 0, {}, {"lego holds " + table}},
    {"behind_the_client",
     cron<behind>,
     1,
     {"error failure-ignored " + table},
     {"certbot ignored " + table}},
    {"in_the_background",
     cron<in_background>,
     1,
     {"error failure-ignored " + table},
     {"certbot ignored " + table}},
    {"behind_a_test", cron<tested>, 0, {}, {"certbot holds " + table}},
    {"conditional",
     cron<conditional>,
     3,
     {"unknown cannot-tell " + table},
     {"certbot cannot-tell " + table}},
    {"not_reached_where_all_is_well",
     cron<or_us>,
     3,
     {"unknown cannot-tell " + table},
     {"certbot cannot-tell " + table}},
    {"in_a_shell_that_stops", cron<in_a_shell>, 0, {}, {"certbot holds " + table}},
    {"in_a_shell_that_goes_on",
     cron<in_a_plain_shell>,
     1,
     {"error failure-ignored " + table},
     {"certbot ignored " + table}},
    {"wrapped", cron<wrapped>, 0, {}, {"lego holds " + table}},
    {"gone_fails_closed", cron<gone>, 1, {"error hook-gone " + table}, {"certbot gone " + table}},
    {"gone_and_ignored",
     cron<gone_ignored>,
     1,
     {"error hook-gone " + table},
     {"certbot gone " + table}},
    {"exec_provider",
     cron<exec_path>,
     0,
     {"notice only-fresh-challenges " + table},
     {"lego holds " + table}},
    {"exec_provider_that_is_gone",
     cron<gone_exec_path>,
     1,
     {"error hook-gone " + table},
     {"lego gone " + table}},
    {"lego_5", cron<lego_pre>, 0, {}, {"lego holds " + table}},
    {"lego_5_without_a_hook", cron<lego_alone>, 0, {"warning not-gated " + table}, {}},
    {"certbot_pre_hook_on_the_line", cron<pre_line>, 0, {}, {"certbot holds " + table}},
    {"certbot_deploy_hook_on_the_line",
     cron<late_line>,
     1,
     {"error after-the-order " + table},
     {"certbot too-late " + table}},
    {"uacme", cron<uacme>, 0, {"notice only-fresh-challenges " + table}, {"uacme holds " + table}},
    {"uacme_whose_hook_is_gone",
     cron<uacme_gone>,
     1,
     {"error hook-gone " + table},
     {"uacme gone " + table}},
    {"dehydrated", cron<dehydrated>, 0, {}, {"dehydrated holds " + table}},
    {"a_monitor_gates_nothing", cron<monitor>, 0, {}, {"- gates-nothing " + table}},
    {"percent_begins_the_input", cron<percent>, 0, {}, {"certbot holds " + table}},
    {"comment", cron<commented>, 0, {}, {}},
    {"program_in_a_variable",
     cron<unclear_program>,
     3,
     {"unknown cannot-tell " + table},
     {"certbot cannot-tell " + table}},
    {"a_program_that_is_not_known",
     cron<container>,
     3,
     {"unknown cannot-tell " + table},
     {"- cannot-tell " + table}},
    {"name_that_some_crons_pass_over",
     [](const DoctorWorld& host) {
       host.root.write("etc/cron.d/acme.sh",
                       "@daily root persist-hook certbot-renew && certbot renew\n");
     },
     3,
     {"unknown cannot-tell /etc/cron.d/acme.sh:1"},
     {"certbot cannot-tell /etc/cron.d/acme.sh:1"}},
    {"table_of_a_user",
     [](const DoctorWorld& host) {
       host.root.write(
           "var/spool/cron/crontabs/root",
           "# m h\nMAILTO=root\n0 3 * * * persist-hook certbot-renew && certbot renew\n");
     },
     0,
     {},
     {"certbot holds /var/spool/cron/crontabs/root:3"}},
    {"script_of_the_day",
     [](const DoctorWorld& host) {
       host.program("etc/cron.daily/renew",
                    "#!/bin/sh\nset -e\npersist-hook certbot-renew\ncertbot -q renew\n");
     },
     0,
     {},
     {"certbot holds /etc/cron.daily/renew:3"}},
    {"script_of_the_day_that_goes_on",
     [](const DoctorWorld& host) {
       host.program("etc/cron.daily/renew",
                    "#!/bin/sh\npersist-hook certbot-renew\ncertbot -q renew\n");
     },
     1,
     {"error failure-ignored /etc/cron.daily/renew:2"},
     {"certbot ignored /etc/cron.daily/renew:2"}},
    {"run_beside_the_gate",
     [](const DoctorWorld& host) {
       host.root.write("etc/cron.d/acme",
                       "0 3 * * * root persist-hook certbot-renew && certbot renew\n"
                       "0 4 * * * root certbot -q renew\n");
     },
     0,
     {"warning run-beside-the-gate /etc/cron.d/acme:2"},
     {"certbot holds " + table}},
    {"G1_a_gate_in_front_does_not_cover_a_run_beside_it",
     [](const DoctorWorld& host) {
       host.root.write("etc/cron.d/acme",
                       "0 3 * * * root persist-hook certbot-renew && certbot renew\n"
                       "0 4 * * * root persist-hook certbot-renew; certbot -q renew\n");
     },
     1,
     {"error failure-ignored /etc/cron.d/acme:2", "warning run-beside-the-gate /etc/cron.d/acme:2"},
     {"certbot holds " + table, "certbot ignored /etc/cron.d/acme:2"}},
    {"unit_of_a_snap",
     [](const DoctorWorld& host) {
       host.root.write("etc/systemd/system/snap.certbot.renew.service",
                       "[Service]\nExecStart=/usr/bin/snap run --timer=\"00:00~24:00/2\" "
                       "certbot.renew\n");
       host.root.write("etc/systemd/system/snap.certbot.renew.service.d/gate.conf",
                       "[Service]\nExecStartPre=persist-hook certbot-renew\n");
     },
     0,
     {},
     {"certbot holds /etc/systemd/system/snap.certbot.renew.service.d/gate.conf:2"}},
    {"cron_line_that_leaves_it_to_systemd",
     [](const DoctorWorld& host) {
       unit(host, "ExecStartPre=persist-hook certbot-renew\n");
       host.root.write("usr/lib/systemd/systemd", "");
       host.root.write(
           "etc/cron.d/certbot",
           "0 */12 * * * root test -x /usr/bin/certbot -a \\! -d /run/systemd/system && "
           "perl -e 'sleep int(rand(43200))' && certbot -q renew\n");
     },
     0,
     {},
     {"certbot holds " + drop_in}},
    {"unit_with_exec_start_pre",
     [](const DoctorWorld& host) {
       unit(host, "ExecStartPre=/usr/bin/persist-hook certbot-renew\n");
     },
     0,
     {},
     {"certbot holds " + drop_in}},
    {"unit_with_a_dash",
     [](const DoctorWorld& host) {
       unit(host, "ExecStartPre=-/usr/bin/persist-hook certbot-renew\n");
     },
     1,
     {"error failure-ignored " + drop_in},
     {"certbot ignored " + drop_in}},
    {"unit_with_another_sign",
     [](const DoctorWorld& host) { unit(host, "ExecStartPre=+persist-hook certbot-renew\n"); },
     0,
     {},
     {"certbot holds " + drop_in}},
    {"unit_with_a_shell_that_succeeds",
     [](const DoctorWorld& host) {
       unit(host, "ExecStartPre=/bin/sh -c 'persist-hook certbot-renew || true'\n");
     },
     1,
     {"error failure-ignored " + drop_in},
     {"certbot ignored " + drop_in}},
    {"unit_that_calls_us_afterwards",
     [](const DoctorWorld& host) { unit(host, "ExecStartPost=persist-hook certbot-renew\n"); },
     1,
     {"error failure-ignored " + drop_in},
     {"certbot ignored " + drop_in}},
    {"unit_with_statuses_that_count_as_success",
     [](const DoctorWorld& host) {
       unit(host, "ExecStartPre=persist-hook certbot-renew\nSuccessExitStatus=1\n");
     },
     3,
     {"unknown cannot-tell " + drop_in},
     {"certbot cannot-tell " + drop_in}},
    {"unit_that_is_replaced",
     [](const DoctorWorld& host) {
       unit(host, "ExecStart=\nExecStart=persist-hook certbot-renew --each -- certbot -q renew\n");
     },
     0,
     {},
     {"certbot holds /etc/systemd/system/certbot.service.d/gate.conf:3"}},
    {"unit_whose_hook_is_gone",
     [](const DoctorWorld& host) { unit(host, "ExecStartPre=/opt/persist-hook certbot-renew\n"); },
     1,
     {"error hook-gone " + drop_in},
     {"certbot gone " + drop_in}},
    {"drop_in_of_a_unit_that_is_not_there",
     [](const DoctorWorld& host) {
       host.root.write("etc/systemd/system/certbot.service.d/gate.conf",
                       "[Service]\nExecStartPre=persist-hook certbot-renew\n");
     },
     0,
     {},
     {"- gates-nothing " + drop_in}},
    {"masked_unit",
     [](const DoctorWorld& host) {
       unit(host, "ExecStartPre=-persist-hook certbot-renew\n");
       host.root.write("etc/systemd/system/certbot.service", "");
     },
     0,
     {},
     {"- gates-nothing " + drop_in}},
    {"S01_variable_of_a_unit_that_nobody_knows",
     [](const DoctorWorld& host) {
       unit(host,
            "ExecStartPre=persist-hook certbot-renew\n"
            "Environment=A=b \"PERSIST_HOOK_ACOUNT_URL=https://ca.example/1\"\n");
     },
     1,
     {"error unknown-variable /etc/systemd/system/certbot.service.d/gate.conf:3"},
     {"certbot holds " + drop_in}},
    {"S01_variable_of_a_file_that_is_not_read_from_there",
     [](const DoctorWorld& host) {
       unit(host, "ExecStartPre=persist-hook certbot-renew\nEnvironmentFile=-/etc/default/gate\n");
       host.root.write("etc/default/gate", "PERSIST_HOOK_ON_REFUSED=warn\n");
     },
     1,
     {"error unknown-variable /etc/default/gate:1"},
     {"certbot holds " + drop_in}},
    {"then_program_in_a_variable_of_cron",
     [](const DoctorWorld& host) {
       host.root.write("etc/cron.d/acme",
                       "PERSIST_HOOK_THEN=/opt/gone\n"
                       "0 3 * * * root dehydrated -c -k /usr/bin/persist-hook\n");
     },
     1,
     {"error then-gone /etc/cron.d/acme:1"},
     {"dehydrated holds /etc/cron.d/acme:2"}},
};

class DoctorOfLines : public ::testing::TestWithParam<DoctorCase> {};

TEST_P(DoctorOfLines, Tells) {
  expect_examination(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, DoctorOfLines, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::hook
