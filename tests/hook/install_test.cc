#include <gtest/gtest.h>

#include <algorithm>

#include "hook/hook_runs.h"

namespace persist::hook {
namespace {

using testing::FakeEnvironment;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string account = "https://ca.example/acct/1";

class InstallTest : public ::testing::TestWithParam<std::string> {};

TEST_P(InstallTest, PrintsLinesWithTheAccountAndWhatTheyBlock) {
  FakeEnvironment fake;
  const auto run_with = fake.run(run, {"install", GetParam(), "--account-url", account});
  EXPECT_EQ(run_with.status, 0);
  EXPECT_THAT(run_with.out, HasSubstr(account));
  EXPECT_THAT(run_with.out, HasSubstr("\n# Blocks: "));
  EXPECT_THAT(run_with.out, HasSubstr("\n# Does not block: "));
  EXPECT_THAT(run_with.out, Not(HasSubstr("{")));
  EXPECT_EQ(run_with.err, "");
  EXPECT_TRUE(fake.resolver.asked().empty());
}

INSTANTIATE_TEST_SUITE_P(Clients, InstallTest,
                         ::testing::Values("certbot", "lego", "acme.sh", "dehydrated", "uacme",
                                           "mod-md"),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](char c) { return c == '.' || c == '-'; }, '_');
                           return name;
                         });

TEST(Install, NamesTheClientsWhereItKnowsNone) {
  FakeEnvironment fake;
  const auto result = fake.run(run, {"install", "certbt"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err,
            "persist-hook: error: no client \"certbt\" is known (known: certbot, lego, acme.sh, "
            "dehydrated, uacme, mod-md)\n");
}

TEST(Install, NeedsOneClient) {
  FakeEnvironment fake;
  EXPECT_EQ(fake.run(run, {"install"}).status, 2);
  EXPECT_EQ(fake.run(run, {"install", "certbot", "lego"}).status, 2);
}

}  // namespace
}  // namespace persist::hook
