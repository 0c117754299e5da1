#include <gmock/gmock.h>

#include "hook/called_world.h"
#include "hook/hook_runs.h"

namespace persist::hook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string account = "1b7b660c8195a18d";
const std::string other_account = "7259321a4ef2d999";

/// lego 5 in front of an order; its exit status counts.
void call_from_lego(CalledWorld& world) {
  world.set("LEGO_HOOK_CERT_DOMAINS", "example.com");
  world.set("LEGO_HOOK_ACCOUNT_SERVER", lab_directory);
  world.set("PERSIST_HOOK_ACCOUNT_URL", "https://acme.test/my-account/" + account);
}

void publish(CalledWorld& world, const std::string& whose, const std::string& more = "") {
  world.record("example.com", lab_record(whose) + more);
}

TEST(Gate, BlocksWhatIsRefusedAndLogsIt) {
  CalledWorld world;
  call_from_lego(world);
  publish(world, other_account);
  EXPECT_EQ(world.run({}).status, 1);
  EXPECT_THAT(world.fake.log, ElementsAre(StartsWith("error: blocked: error: example.com: ")));
}

TEST(Gate, SaysNothingToTheLogWhereAllIsWell) {
  CalledWorld world;
  call_from_lego(world);
  publish(world, account);
  EXPECT_EQ(world.run({}).status, 0);
  EXPECT_THAT(world.fake.log, IsEmpty());
}

TEST(Gate, OnlyWarnsWhileItIsRolledOut) {
  CalledWorld world;
  call_from_lego(world);
  publish(world, other_account);
  const auto got = world.run({"--on-refused", "warn"});
  EXPECT_EQ(got.status, 0);
  EXPECT_THAT(got.err, HasSubstr("persist-hook: warning: would block: --on-refused is warn\n"));
  EXPECT_THAT(world.fake.log, ElementsAre(StartsWith("warning: warning: error: example.com: ")));
}

TEST(Gate, PretendsOnlyToBeStricter) {
  CalledWorld world;
  call_from_lego(world);
  publish(world, account);
  EXPECT_EQ(world.run({"--pretend", "refused"}).status, 1);
  EXPECT_EQ(world.run({"--pretend", "unknown"}).status, 3);
}

TEST(Gate, S18_WantsTheRecordToHoldALittleLonger) {
  CalledWorld world;
  call_from_lego(world);
  const std::string in_ten_minutes = std::to_string(testing::now.seconds + 600);
  publish(world, account, "; persistUntil=" + in_ten_minutes);
  EXPECT_EQ(world.run({}).status, 1);
  EXPECT_EQ(world.run({"--headroom", "5m"}).status, 0);
}

TEST(Gate, BypassIsOfTheSettingsFileAlone) {
  CalledWorld world;
  call_from_lego(world);
  publish(world, other_account);
  world.fake.files["/etc/persist-hook.yaml"] =
      "bypass: {until: 2026-12-01, reason: \"INC-4711\"}\n";
  const auto got = world.run({});
  EXPECT_EQ(got.status, 0);
  EXPECT_THAT(got.err, HasSubstr("would block: bypassed until 2026-12-01T00:00:00Z (INC-4711)"));
  EXPECT_THAT(world.fake.log, ElementsAre(HasSubstr("INC-4711")));
  world.fake.files["/etc/persist-hook.yaml"] = "bypass: {until: 2026-11-20, reason: over}\n";
  EXPECT_EQ(world.run({}).status, 1);
  world.fake.files["/etc/persist-hook.yaml"] = "bypass: {until: 2026-12-01}\n";
  EXPECT_EQ(world.run({}).status, 2);
  world.fake.files.erase("/etc/persist-hook.yaml");
  EXPECT_EQ(world.run({"--bypass-until", "2026-12-01"}).status, 2);
  world.set("PERSIST_HOOK_BYPASS_UNTIL", "2026-12-01");
  EXPECT_EQ(world.run({}).status, 2);
}

class NeverFromTheEnvironment : public ::testing::TestWithParam<std::string> {};

TEST_P(NeverFromTheEnvironment, S01_IsRefused) {
  CalledWorld world;
  call_from_lego(world);
  publish(world, account);
  world.set(GetParam(), "warn");
  const auto got = world.run({});
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.err, HasSubstr(GetParam() + " is not read from the environment"));
}

INSTANTIATE_TEST_SUITE_P(Variables, NeverFromTheEnvironment,
                         ::testing::Values("PERSIST_HOOK_ON_REFUSED", "PERSIST_HOOK_ON_UNKNOWN",
                                           "PERSIST_HOOK_CERTBOT_ABORT", "PERSIST_HOOK_NOW",
                                           "PERSIST_HOOK_CLIMB_PARENTS", "PERSIST_HOOK_CONFIG",
                                           "PERSIST_HOOK_ALLOW_INSECURE_PERMISSIONS",
                                           "PERSIST_HOOK_BYPASS_REASON"));

TEST(Gate, F11_SettingsThatOthersCanChangeAreRefused) {
  CalledWorld world;
  call_from_lego(world);
  publish(world, account);
  world.fake.files["/etc/persist-hook.yaml"] = "quiet: true\n";
  world.fake.distrusted["/etc/persist-hook.yaml"] = "it can be changed by others";
  const auto got = world.run({});
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.err, HasSubstr("it can be changed by others"));
  EXPECT_EQ(world.run({"--allow-insecure-permissions"}).status, 0);
}

// A certbot that cannot be stopped, as it has gone: what would stop it is written all the same.
TEST(Gate, StopsCertbotWhereItsCallIsNotUnderstood) {
  CalledWorld world;
  world.ancestors({{"/usr/bin/python3", "/usr/bin/certbot", "renew"}});
  const auto got = world.run({"certbot-pre", "--no-such-option"});
  EXPECT_EQ(got.status, 2);
  EXPECT_EQ(got.out, "\xff");
  EXPECT_THAT(got.err, HasSubstr("unknown option \"--no-such-option\""));
  EXPECT_THAT(world.fake.log, ElementsAre(HasSubstr("may go on")));
}

TEST(Gate, LeavesCertbotAloneWhereThatIsWanted) {
  CalledWorld world;
  world.ancestors({{"/usr/bin/python3", "/usr/bin/certbot", "renew"}});
  world.fake.files["/etc/persist-hook.yaml"] = "certbot-abort: none\n";
  const auto got = world.run({"certbot-pre", "--cert-name", "no.such.example"});
  EXPECT_EQ(got.status, 2);
  EXPECT_EQ(got.out, "");
  EXPECT_THAT(got.err, HasSubstr("persist-hook: warning: certbot goes on regardless\n"));
}

const std::vector<std::string> renew_each{"certbot-renew", "--all", "--each", "--",
                                          "certbot",       "renew"};

/// The records of the two certificates that certbot keeps; the second one is for another account.
void publish_both(CalledWorld& world) {
  world.sample("certbot");
  publish(world, other_account, "; policy=wildcard");
  world.record("www.example.net", lab_record(other_account));
}

TEST(Gate, EachRunsTheCommandForWhatPassed) {
  CalledWorld world;
  publish_both(world);
  const auto got = world.run(renew_each);
  EXPECT_EQ(got.status, 1) << got.err;
  EXPECT_THAT(world.fake.ran,
              ElementsAre(ElementsAre("certbot", "renew", "--cert-name", "example.com")));
}

TEST(Gate, EachSaysWhatIsNotRenewed) {
  CalledWorld world;
  publish_both(world);
  world.root().write("etc/letsencrypt/renewal/port-example.com.conf",
                     "[renewalparams]\nserver = https://acme.test:14000/dir\n");
  const auto got = world.run({"certbot-renew", "--each", "--", "certbot", "renew"});
  EXPECT_THAT(got.err, HasSubstr("not renewed, as nothing in them calls us: port-example.com"));
}

TEST(Gate, EachEndsAsTheCommandDid) {
  CalledWorld world;
  publish_both(world);
  world.fake.run_status = 5;
  std::vector<std::string> one = renew_each;
  one.insert(one.begin() + 1, {"--cert-name", "example.com"});
  EXPECT_EQ(world.run(one).status, 5);
}

TEST(Gate, EachRunsNothingWhereNothingPassed) {
  CalledWorld world;
  world.sample("certbot");
  EXPECT_EQ(world.run(renew_each).status, 1);
  EXPECT_THAT(world.fake.ran, IsEmpty());
}

TEST(Gate, EachNeedsACommandAndItsCaller) {
  CalledWorld world;
  EXPECT_EQ(world.run({"certbot-renew", "--each"}).status, 2);
  EXPECT_EQ(world.run({"certbot-pre", "--each", "--", "certbot"}).status, 2);
}

// certbot goes on whatever the status is: what is misused must stop it as well.
TEST(Gate, StopsCertbotWhereEachIsMisused) {
  CalledWorld world;
  world.ancestors({{"/usr/bin/python3", "/usr/bin/certbot", "renew"}});
  const auto got = world.run({"certbot-pre", "--each", "--", "true"});
  EXPECT_EQ(got.status, 2);
  EXPECT_EQ(got.out, "\xff");
  EXPECT_THAT(world.fake.ran, IsEmpty());
}

TEST(Gate, CheckAndExecFollowThePolicy) {
  CalledWorld world;
  publish(world, other_account);
  const std::vector<std::string> names{"example.com", "--account-url",
                                       "https://acme.test/my-account/" + account};
  EXPECT_EQ(world.run(std::vector<std::string>{"check"} + names).status, 1);
  EXPECT_EQ(world.run(std::vector<std::string>{"check", "--on-refused", "warn"} + names).status, 0);
  world.run(std::vector<std::string>{"exec", "--on-refused", "warn"} + names +
            std::vector<std::string>{"--", "true"});
  EXPECT_THAT(world.fake.became, ElementsAre("true"));
}

}  // namespace
}  // namespace persist::hook
