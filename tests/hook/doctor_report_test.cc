// `doctor`: the report as a whole, hostile texts, long files, usage.

#include <chrono>

#include "doctor_world.h"
#include "hook/doctor/abilities.h"
#include "hook/doctor/finding.h"

namespace persist::hook {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
  for (const std::string line : {"certbot -q renew", "persist-hook lego; lego run"}) {
    const auto seconds_for = [&line](std::size_t lines) {
      const DoctorWorld host;
      std::string text;
      for (std::size_t i = 0; i < lines; ++i) text += "0 3 * * * root " + line + "\n";
      host.root.write("etc/crontab", text);
      const auto start = std::chrono::steady_clock::now();
      host.run_doctor({"--callers"});
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    // Quadratic would be a hundred times as long; what a busy machine adds stays far below.
    EXPECT_LT(seconds_for(100'000), 40 * std::max(seconds_for(10'000), 0.05)) << line;
  }
}

TEST(Doctor, FindsTheOneCallInALongTable) {
  const DoctorWorld host;
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "0 3 * * * root certbot -q renew\n";
  host.root.write("etc/crontab", text + "0 4 * * * root persist-hook lego && lego run\n");
  EXPECT_EQ(host.run_doctor({"--callers"}).out, "lego /etc/crontab:10001 persist-hook lego\n");
}

TEST(Doctor, IgnoresItsOwnVariablesAndSettings) {
  testing::FakeEnvironment fake;
  const DoctorWorld host;
  host.lineage("a", "pre_hook = persist-hook\n");
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
