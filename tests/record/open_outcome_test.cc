// Records that are refused only for what we cannot see: an earlier key of the account, or a CA that
// has moved on to the other dialect.
#include <gtest/gtest.h>

#include <string>

#include "record/evaluate.h"
#include "support/records.h"

namespace persist::testing {
namespace {

using record::CaProfile;
using record::Requirement;

const std::string prefix = "https://ca.example/h/";
const std::string key = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
const std::string earlier_key = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";

std::string hash(const std::string& thumbprint, std::string_view of_name = "example.com") {
  return *record::account_hash("sha-256", of_name, thumbprint, account_url);
}

std::string hashed(const std::string& thumbprint) {
  return issuer + "; accounturi=" + prefix + hash(thumbprint);
}

Requirement wanting_02(std::string_view identifier, bool keys_complete) {
  Requirement required = wanting(identifier);
  required.account.thumbprints = {key};
  required.account.keys_complete = keys_complete;
  required.account_hash_prefix = prefix;
  required.hash_algs = {"sha-256"};
  return required;
}

CaProfile guessed(std::string_view id) {
  CaProfile ca = profile(id);
  ca.dialect_is_certain = false;
  return ca;
}

std::string judge(const std::string& text, const Requirement& required, const CaProfile& ca) {
  return verdict(evaluate_at_name({txt(text)}, required, ca));
}

TEST(HashMismatch, IsOpenWhileAnEarlierKeyMayFit) {
  const std::string text = hashed(earlier_key);
  EXPECT_EQ(judge(text, wanting_02("example.com", false), profile("strict-02")),
            "unknown unauthorized hash-mismatch");
  EXPECT_EQ(judge(text, wanting_02("example.com", true), profile("strict-02")),
            "refused unauthorized hash-mismatch");
}

TEST(HashMismatch, IsClosedByAnyOtherFault) {
  const Requirement required = wanting_02("*.example.com", false);
  EXPECT_EQ(judge(hashed(earlier_key), required, profile("strict-02")),
            "refused unauthorized hash-mismatch");
  EXPECT_EQ(judge(hashed(earlier_key) + "; persistUntil=1", wanting_02("example.com", false),
                  profile("strict-02")),
            "refused unauthorized hash-mismatch");
  EXPECT_EQ(
      judge(hashed(earlier_key) + ";", wanting_02("example.com", false), profile("strict-02")),
      "refused malformed empty-parameter");
}

TEST(HashMismatch, GoodNeighbourSettlesIt) {
  const auto evaluation = evaluate_at_name({txt(hashed(earlier_key)), txt(hashed(key))},
                                           wanting_02("example.com", false), profile("strict-02"));
  EXPECT_EQ(verdict(evaluation), "authorized");
  EXPECT_TRUE(evaluation.judgements[0].open);
  EXPECT_FALSE(evaluation.judgements[1].open);
}

TEST(HashMismatch, MalformedNeighbourDoesNotSettleIt) {
  EXPECT_EQ(verdict(evaluate_at_name({txt(usual_record + ";"), txt(hashed(earlier_key))},
                                     wanting_02("example.com", false), profile("strict-02"))),
            "unknown unauthorized hash-mismatch");
}

TEST(HashMismatch, DeactivatedAccountSettlesIt) {
  Requirement required = wanting_02("example.com", false);
  required.account.status = record::AccountStatus::deactivated;
  EXPECT_EQ(judge(hashed(earlier_key), required, profile("strict-02")),
            "refused unauthorized account-deactivated");
}

struct DialectCase {
  std::string name;
  std::string accounturi;
  std::string want;  ///< of a CA whose dialect 01 is a guess
  friend void PrintTo(const DialectCase& row, std::ostream* out) { *out << row.name; }
};

const DialectCase dialect_cases[] = {
    {"our_hash", prefix + hash(key), "unknown unauthorized accounturi-mismatch"},
    {"our_star_hash", prefix + hash(key, "*"), "unknown unauthorized accounturi-mismatch"},
    {"our_hash_as_urn", "urn:ca:" + hash(key), "unknown unauthorized accounturi-mismatch"},
    {"hash_of_another_key", prefix + hash(earlier_key), "refused unauthorized accounturi-mismatch"},
    {"hash_of_another_name", prefix + hash(key, "example.org"),
     "refused unauthorized accounturi-mismatch"},
    {"hash_alone", hash(key), "unknown unauthorized accounturi-mismatch"},
    {"another_account", "https://ca.example/acct/2", "refused unauthorized accounturi-mismatch"},
    {"no_slash", "urn:ca:1", "refused unauthorized accounturi-mismatch"},
    {"slash_alone", "/", "refused unauthorized accounturi-mismatch"},
    {"slashes", "//", "refused unauthorized accounturi-mismatch"},
};

class OtherDialect : public ::testing::TestWithParam<DialectCase> {};

TEST_P(OtherDialect, IsOpenWhileTheDialectIsAGuess) {
  const std::string text = issuer + "; accounturi=" + GetParam().accounturi;
  const Requirement required = wanting_02("example.com", true);
  EXPECT_EQ(judge(text, required, guessed("letsencrypt")), GetParam().want);
  EXPECT_EQ(judge(text, required, profile("strict-01")),
            "refused unauthorized accounturi-mismatch");
}

INSTANTIATE_TEST_SUITE_P(Table, OtherDialect, ::testing::ValuesIn(dialect_cases),
                         [](const auto& row) { return row.param.name; });

TEST(OtherDialect, ClearUrlIsOpenAtAGuessedHashingCa) {
  const Requirement required = wanting_02("example.com", true);
  EXPECT_EQ(judge(usual_record, required, guessed("strict-02")), "unknown malformed hash-prefix");
  EXPECT_EQ(judge(usual_record, required, profile("strict-02")), "refused malformed hash-prefix");
  EXPECT_EQ(judge(usual_record + "2", required, guessed("strict-02")),
            "refused malformed hash-prefix");
  EXPECT_EQ(judge(usual_record + "; persistUntil=1", required, guessed("strict-02")),
            "refused malformed hash-prefix");
}

}  // namespace
}  // namespace persist::testing
