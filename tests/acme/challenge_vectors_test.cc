// One test a row of challenges.json: what a client must make of a challenge and its directory.
#include "acme/challenge_vectors.h"

#include <gtest/gtest.h>

#include "support/vector_file.h"

namespace persist::testing {
namespace {

class Challenges : public ::testing::TestWithParam<VectorRow> {};

TEST_P(Challenges, AreJudged) {
  EXPECT_EQ(judge_offer(GetParam().json), expected_offer(GetParam().json));
}

INSTANTIATE_TEST_SUITE_P(Vectors, Challenges, ::testing::ValuesIn(read_vectors("challenges.json")),
                         [](const auto& row) { return row.param.id; });

TEST(ChallengeVectors, AreAllThere) {
  EXPECT_EQ(read_vectors("challenges.json").size(), 27U);
}

TEST(ChallengeVectors, TellWhatDiffers) {
  Json row = read_vectors("challenges.json")[3].json;
  EXPECT_EQ(check_challenge_row(row), "");
  row["expect"]["reason"] = "issuers-missing";
  EXPECT_EQ(check_challenge_row(row),
            "expected malformed issuers-missing; preprovision null, "
            "got malformed issuers-empty; preprovision null");
}

}  // namespace
}  // namespace persist::testing
