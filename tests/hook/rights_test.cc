// F16: who asks DNS where persist-hook is root.
#include <gmock/gmock.h>

#include "hook/called_world.h"
#include "hook/hook_runs.h"

namespace persist::hook {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Optional;

const std::string account = "1b7b660c8195a18d";
const std::vector<std::string> check{"check", "example.com", "--account-url",
                                     "https://acme.test/my-account/" + account};

/// persist-hook as root, and a record that is good.
class RightsWorld {
 public:
  RightsWorld() {
    world.fake.is_root = true;
    world.record("example.com", lab_record(account));
  }
  testing::ProgramRun run(const std::vector<std::string>& more) {
    return world.run(std::vector<std::string>(check) + more);
  }
  CalledWorld world{};
};

TEST(Rights, F16_ACheckGivesThemUp) {
  RightsWorld root;
  EXPECT_EQ(root.run({}).status, 0);
  EXPECT_THAT(root.world.fake.became_user, Optional(Eq(app::nobody)));
  EXPECT_EQ(root.world.fake.child_user, std::nullopt);
}

TEST(Rights, F16_WhereACommandFollowsAChildAsks) {
  RightsWorld root;
  std::vector<std::string> arguments = check;
  arguments.front() = "exec";
  root.world.run(arguments + std::vector<std::string>{"--", "true"});
  EXPECT_THAT(root.world.fake.became, ::testing::ElementsAre("true"));
  EXPECT_EQ(root.world.fake.became_user, std::nullopt);
  EXPECT_THAT(root.world.fake.child_user, Optional(Eq(app::nobody)));
}

TEST(Rights, F16_WhereAClientCallsAChildAsks) {
  RightsWorld root;
  root.world.set("LEGO_HOOK_CERT_DOMAINS", "example.com");
  root.world.set("LEGO_HOOK_ACCOUNT_SERVER", lab_directory);
  root.world.set("PERSIST_HOOK_ACCOUNT_URL", "https://acme.test/my-account/" + account);
  EXPECT_EQ(root.world.run({}).status, 0);
  EXPECT_EQ(root.world.fake.became_user, std::nullopt);
  EXPECT_THAT(root.world.fake.child_user, Optional(Eq(app::nobody)));
}

TEST(Rights, TheOwnerCanKeepThem) {
  RightsWorld root;
  EXPECT_EQ(root.run({"--no-drop"}).status, 0);
  EXPECT_EQ(root.world.fake.became_user, std::nullopt);
}

TEST(Rights, TheOwnerCanNameTheUser) {
  RightsWorld root;
  root.world.fake.files["/etc/passwd"] = "dns:x:123:456::/:\n";
  EXPECT_EQ(root.run({"--user", "dns"}).status, 0);
  EXPECT_THAT(root.world.fake.became_user, Optional(Eq(app::Rights{123, 456})));
}

TEST(Rights, RootIsNoUserToBecome) {
  RightsWorld root;
  const auto got = root.run({"--user", "0"});
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.err, HasSubstr("--user: user \"0\" has root's rights"));
}

TEST(Rights, NothingIsAskedWhereTheyStay) {
  RightsWorld root;
  root.world.fake.give_up_error = "user 65534 could not be become";
  const auto got = root.run({});
  EXPECT_EQ(got.status, 3);
  EXPECT_THAT(got.err, HasSubstr("user 65534 could not be become"));
  EXPECT_TRUE(root.world.asked().empty());
}

TEST(Rights, WithoutRootThereIsNothingToGiveUp) {
  RightsWorld root;
  root.world.fake.is_root = false;
  EXPECT_EQ(root.run({"--user", "nobody-there"}).status, 0);
  EXPECT_EQ(root.world.fake.became_user, std::nullopt);
}

}  // namespace
}  // namespace persist::hook
