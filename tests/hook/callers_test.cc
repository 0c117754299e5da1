// Calls that no client makes.
#include "called_world.h"

namespace persist::hook {
namespace {

TEST(Callers, NobodyCalls) {
  CalledWorld world;
  const auto got = world.run({});
  EXPECT_EQ(got.status, 2);
  EXPECT_EQ(got.out, "");
  EXPECT_THAT(got.err, ::testing::HasSubstr("no command, and no ACME client that is known calls"));
}

TEST(Callers, E09_HundredThousandArguments) {
  CalledWorld world;
  const auto got = world.run(std::vector<std::string>(100'000, "x"));
  EXPECT_EQ(got.status, 2);
  std::vector<std::string> chain(3 * 30'000 + 1, "a..b");
  chain[0] = "deploy_challenge";
  EXPECT_EQ(world.run(chain).status, 2);
  EXPECT_EQ(world.asked(), std::vector<std::string>());
}

}  // namespace
}  // namespace persist::hook
