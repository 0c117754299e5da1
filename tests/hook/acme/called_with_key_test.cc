// A client calls, the CA hashes the account key, and only the key's file tells its thumbprint.
#include <gmock/gmock.h>

#include "hook/acme/acme.h"
#include "hook/certbot_world.h"

namespace persist::hook {
namespace {

using ::testing::HasSubstr;

const std::string hash_prefix = "https://acme.test/account-hash/";
const std::vector<std::string> arguments{"certbot-pre", "--dialect", "02", "--account-hash-prefix",
                                         hash_prefix};

std::string hashed_record(const std::string& hash) {
  return lab_issuer + "; accounturi=" + hash_prefix + "sha-256/" + hash;
}

const std::string key_path =
    "etc/letsencrypt/accounts/acme.test/dir/5338c2c30ca08bc8bf5542fb566aadff/private_key.json";

void write_key(CalledWorld& world, const std::string& text) {
  std::filesystem::remove(world.root() / key_path);
  world.root().write(key_path, text);
  world.root().set_mode(key_path, 0400);
}

/// `certbot renew` at a CA that hashes; the records are good.
void renew_at_hashing_ca(CalledWorld& world) {
  renew(world);
  write_key(world, testing::read_file(testing::testdata_folder() / "acme/keys/certbot-1.json"));
  // Over the name, and over `*`: any name.
  world.record("example.com",
               hashed_record("wyDkVvP1j1hAy_licelm_b-_KPDUXN7M_NylCoJh4jw") + policy);
  world.record("www.example.net", hashed_record("DXghnZUy2zrQ9hByj72-cINtfhLBTZs8ozB0j4vfMR4"));
}

TEST(CalledWithKey, PersistHookBecomesTheProgramThatOpensIt) {
  CalledWorld world;
  renew_at_hashing_ca(world);
  const auto got = world.run(arguments);
  EXPECT_EQ(got.status, 2);
  ASSERT_TRUE(world.fake.became_acme);
  EXPECT_EQ(*world.fake.became_acme, arguments);
  EXPECT_EQ(world.fake.resolver.asked().size(), 0U);
}

TEST(CalledWithKey, TheRecordIsHeldAgainstItsThumbprint) {
  CalledWorld world;
  renew_at_hashing_ca(world);
  const auto got = world.fake.run(run_acme, arguments);
  EXPECT_EQ(got.status, 0) << got.err;
  EXPECT_FALSE(world.fake.became_acme);
}

TEST(CalledWithKey, AHashOfAnotherKeyIsNoneOfThisOne) {
  CalledWorld world;
  renew_at_hashing_ca(world);
  world.record("www.example.net", hashed_record("wyDkVvP1j1hAy_licelm_b-_KPDUXN7M_NylCoJh4jw"));
  // It may be of an earlier key: nobody said that this one is all.
  EXPECT_EQ(world.fake.run(run_acme, arguments).status, 3);
}

TEST(CalledWithKey, F15_NoKeyIsOpenedWhereTheUrlIsWhatCounts) {
  CalledWorld world;
  renew(world);
  EXPECT_EQ(world.run({"certbot-pre"}).status, 0);
  EXPECT_FALSE(world.fake.became_acme);
}

TEST(CalledWithKey, F12_AKeyThatIsNoneIsSaid) {
  CalledWorld world;
  renew_at_hashing_ca(world);
  write_key(world, "{}");
  const auto got = world.fake.run(run_acme, arguments);
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.err, HasSubstr("private_key.json: "));
  EXPECT_EQ(got.out, "\xff");  // certbot is stopped all the same
}

}  // namespace
}  // namespace persist::hook
