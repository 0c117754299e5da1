#include "record/account_binding.h"

#include <gtest/gtest.h>

#include <string>

#include "support/vector_file.h"
#include "support/vectors.h"

namespace persist::record {
namespace {

using persist::testing::Json;
using persist::testing::VectorRow;

class AccountHash : public ::testing::TestWithParam<VectorRow> {};

TEST_P(AccountHash, MatchesTheVector) {
  EXPECT_EQ(persist::testing::check_row(GetParam().json), "");
}

/// The same inputs by our own composition, so that `check_row` cannot pass by checking nothing.
TEST_P(AccountHash, IsTheDigestBehindTheAlgorithm) {
  const Json& row = GetParam().json;
  const auto text = [&](const char* key) { return row.at(key).get<std::string>(); };
  EXPECT_EQ(account_hash(text("hash_alg"), text("domain_name"), text("key"), text("account_url")),
            text("hash_alg") + "/" + text("digest"));
}

INSTANTIATE_TEST_SUITE_P(Vectors, AccountHash,
                         ::testing::ValuesIn(persist::testing::read_vectors("account_hash.json")),
                         [](const auto& row) { return row.param.id; });

const std::string url = "https://ca.example/acct/123";
const std::string current = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
const std::string earlier = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";
const std::string digest_current = "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw";

DomainName name(std::string_view text) {
  return *DomainName::parse(text);
}

Account account() {
  return {.url = url, .thumbprints = {current, earlier}};
}

std::string hash(std::string_view of_name, const std::string& key) {
  return *account_hash("sha-256", of_name, key, url);
}

TEST(AccountHash, BeginsWithTheLengthOfTheName) {
  EXPECT_EQ(account_hash_preimage("example.com", "K", "U"),
            "\x0B"
            "example.comKU");
  EXPECT_EQ(account_hash_preimage("*", "K", "U"), "\x01*KU");
  EXPECT_EQ(account_hash_preimage(std::string(233, 'a'), "", ""),
            std::string("\xE9").append(233, 'a'));
  EXPECT_EQ(account_hash_preimage("", "", ""), std::string(1, '\0'));
}

TEST(AccountHash, KnowsThreeAlgorithmsAndNamesUpTo255Octets) {
  EXPECT_TRUE(account_hash("sha-256", std::string(255, 'a'), current, url));
  EXPECT_FALSE(account_hash("sha-256", std::string(256, 'a'), current, url));
  for (const char* algorithm : {"", "sha256", "SHA-256", "sha-256-128", "sha-1"}) {
    EXPECT_FALSE(account_hash(algorithm, "example.com", current, url)) << algorithm;
  }
}

struct FormCase {
  std::string name;
  std::string hash;
  HashFault want;
  std::vector<std::string> hash_algs = {"sha-256"};
  friend void PrintTo(const FormCase& row, std::ostream* out) { *out << row.name; }
};

const FormCase form_cases[] = {
    {"good", "sha-256/" + digest_current, HashFault::none},
    {"no_slash", "sha-256" + digest_current, HashFault::format},
    {"empty", "", HashFault::format},
    {"algorithm_not_taken", "sha-512/" + std::string(86, 'A'), HashFault::algorithm},
    {"algorithm_taken", "sha-512/" + std::string(86, 'A'), HashFault::none, {"sha-256", "sha-512"}},
    {"sha384_length", "sha-384/" + std::string(64, 'A'), HashFault::none, {"sha-384"}},
    {"algorithm_in_capitals", "SHA-256/" + digest_current, HashFault::algorithm},
    {"algorithm_that_nobody_knows", "md5/" + digest_current, HashFault::algorithm, {"md5"}},
    {"empty_algorithm", "/" + digest_current, HashFault::algorithm},
    {"nothing_taken", "sha-256/" + digest_current, HashFault::algorithm, {}},
    {"padding", "sha-256/" + digest_current + "=", HashFault::format},
    {"too_short", "sha-256/" + digest_current.substr(1), HashFault::format},
    {"empty_digest", "sha-256/", HashFault::format},
    {"hexadecimal", "sha-256/" + std::string(64, 'a'), HashFault::format},
    {"plain_base64", "sha-256/+" + digest_current.substr(1), HashFault::format},
    {"second_slash", "sha-256//" + digest_current.substr(1), HashFault::format},
    {"nul", "sha-256/" + std::string(1, '\0') + digest_current.substr(1), HashFault::format},
};

class CheckHash : public ::testing::TestWithParam<FormCase> {};

TEST_P(CheckHash, TellsAlgorithmFromForm) {
  EXPECT_EQ(check_hash(GetParam().hash, GetParam().hash_algs), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, CheckHash, ::testing::ValuesIn(form_cases),
                         [](const auto& row) { return row.param.name; });

TEST(MatchHash, FindsKeyAndName) {
  const DomainName domain = name("example.com");
  const auto by_name = match_hash(hash("example.com", current), account(), domain);
  ASSERT_TRUE(by_name);
  EXPECT_EQ(by_name->key, 0U);
  EXPECT_FALSE(by_name->star);

  const auto by_star = match_hash(hash("*", current), account(), domain);
  ASSERT_TRUE(by_star);
  EXPECT_EQ(by_star->key, 0U);
  EXPECT_TRUE(by_star->star);

  const auto by_earlier_key = match_hash(hash("*", earlier), account(), domain);
  ASSERT_TRUE(by_earlier_key);
  EXPECT_EQ(by_earlier_key->key, 1U);
  EXPECT_TRUE(by_earlier_key->star);
}

TEST(MatchHash, FitsNothingElse) {
  const DomainName domain = name("example.com");
  EXPECT_FALSE(match_hash(hash("example.org", current), account(), domain));
  EXPECT_FALSE(match_hash(hash("www.example.com", current), account(), domain));
  EXPECT_FALSE(match_hash(hash("*.example.com", current), account(), domain));
  EXPECT_FALSE(match_hash(hash("example.com", "another key"), account(), domain));
  EXPECT_FALSE(match_hash("sha-512/" + digest_current, account(), domain));
  EXPECT_FALSE(match_hash("", account(), domain));
  EXPECT_FALSE(match_hash(hash("example.com", current), Account{.url = url}, domain));
  // Spare bits in the last character are just another text.
  EXPECT_FALSE(
      match_hash("sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kx", account(), domain));
}

}  // namespace
}  // namespace persist::record
