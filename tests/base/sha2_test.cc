#include "base/sha2.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace persist {
namespace {

std::string hex_of(const std::vector<std::uint8_t>& octets) {
  std::string hex;
  for (const std::uint8_t octet : octets) hex += fmt::format("{:02x}", octet);
  return hex;
}

struct Case {
  std::string name;
  std::string_view hash_alg;
  std::string message;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

/// FIPS 180-4 examples: one block, two blocks, none, a million octets.
const std::string two_blocks_256 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
const std::string two_blocks_512 =
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
    "lmnopqrsmnopqrstnopqrstu";

const Case cases[] = {
    {"sha256_abc", "sha-256", "abc",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"sha256_empty", "sha-256", "",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"sha256_two_blocks", "sha-256", two_blocks_256,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"sha256_million", "sha-256", std::string(1'000'000, 'a'),
     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    {"sha384_abc", "sha-384", "abc",
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
     "8086072ba1e7cc2358baeca134c825a7"},
    {"sha384_two_blocks", "sha-384", two_blocks_512,
     "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712"
     "fcc7c71a557e2db966c3e9fa91746039"},
    {"sha512_abc", "sha-512", "abc",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {"sha512_two_blocks", "sha-512", two_blocks_512,
     "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
     "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"},
};

class Digest : public testing::TestWithParam<Case> {};

TEST_P(Digest, MatchesTheStandard) {
  const auto octets = digest(GetParam().hash_alg, GetParam().message);
  ASSERT_TRUE(octets.has_value());
  EXPECT_EQ(hex_of(*octets), GetParam().want);
  EXPECT_EQ(digest_size_octets(GetParam().hash_alg), octets->size());
}

INSTANTIATE_TEST_SUITE_P(Table, Digest, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Digest, KnowsExactNamesOnly) {
  for (const char* name : {"", "sha-1", "sha256", "SHA-256", "sha-256-128", "sha-256 ", "md5"}) {
    EXPECT_FALSE(digest(name, "abc").has_value()) << name;
    EXPECT_EQ(digest_size_octets(name), 0U) << name;
  }
}

TEST(Digest, HashesBeyondANul) {
  EXPECT_NE(digest("sha-256", std::string("a\0b", 3)), digest("sha-256", "a"));
}

}  // namespace
}  // namespace persist
