#include "record/ca_profile.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/ascii.h"
#include "base/unix_time.h"
#include "record/domain_name.h"

namespace persist::record {
namespace {

class Profile : public testing::TestWithParam<CaProfile> {};

TEST_P(Profile, IsFoundById) {
  ASSERT_NE(find_profile(GetParam().id), nullptr);
  EXPECT_EQ(find_profile(GetParam().id)->title, GetParam().title);
}

TEST_P(Profile, SaysWhatItRestsOn) {
  EXPECT_FALSE(GetParam().title.empty());
  EXPECT_FALSE(GetParam().evidence.empty());
  EXPECT_EQ(GetParam().as_of.size(), 10U);
  EXPECT_TRUE(parse_time(GetParam().as_of).has_value()) << GetParam().as_of;
}

TEST_P(Profile, SisterKnowsItToo) {
  if (GetParam().sister.empty()) return;
  ASSERT_NE(find_profile(GetParam().sister), nullptr);
  EXPECT_EQ(find_profile(GetParam().sister)->sister, GetParam().id);
  EXPECT_NE(GetParam().sister, GetParam().id);
}

TEST_P(Profile, NamesAreNormalised) {
  for (const std::string& text : GetParam().issuer_domain_names) {
    const auto name = DomainName::parse(text);
    ASSERT_TRUE(name.has_value()) << text;
    EXPECT_EQ(name->text(), text);
  }
}

TEST_P(Profile, IsCertainOnlyWithoutADirectory) {
  // What a real CA runs is a row of this table, no promise.
  EXPECT_EQ(GetParam().dialect_is_certain, GetParam().directory_url.empty());
  EXPECT_EQ(GetParam().issuer_domain_names.empty(), GetParam().directory_url.empty());
}

TEST_P(Profile, IsFoundByItsAddresses) {
  const CaProfile& profile = GetParam();
  if (profile.directory_url.empty()) return;
  ASSERT_NE(find_profile_by_directory(profile.directory_url), nullptr);
  EXPECT_EQ(find_profile_by_directory(profile.directory_url)->id, profile.id);
  ASSERT_FALSE(profile.account_url_prefix.empty());
  ASSERT_NE(find_profile_by_account(profile.account_url_prefix + "123"), nullptr);
  EXPECT_EQ(find_profile_by_account(profile.account_url_prefix + "123")->id, profile.id);
}

INSTANTIATE_TEST_SUITE_P(BuiltIn, Profile, testing::ValuesIn(built_in_profiles()),
                         [](const auto& row) {
                           std::string name = row.param.id;
                           for (char& c : name) c = is_alphanumeric(c) ? c : '_';
                           return name;
                         });

TEST(Profiles, AreTheseInThisOrder) {
  std::string ids;
  std::set<std::string> unique;
  for (const CaProfile& profile : built_in_profiles()) {
    ids += profile.id + " ";
    unique.insert(profile.id);
  }
  EXPECT_EQ(ids, "letsencrypt letsencrypt-staging google pebble strict-01 strict-02 br-only ");
  EXPECT_EQ(unique.size(), built_in_profiles().size());
}

TEST(Profiles, UnknownOnesAreNull) {
  EXPECT_EQ(find_profile(""), nullptr);
  EXPECT_EQ(find_profile("LetsEncrypt"), nullptr);
  EXPECT_EQ(find_profile_by_directory(""), nullptr);
  EXPECT_EQ(find_profile_by_directory("https://acme-v02.api.letsencrypt.org/directory/"), nullptr);
  EXPECT_EQ(find_profile_by_account(""), nullptr);
  EXPECT_EQ(find_profile_by_account("https://ca.example/acct/1"), nullptr);
}

TEST(Profiles, StagingAccountIsNotOneOfProduction) {
  const auto* profile =
      find_profile_by_account("https://acme-staging-v02.api.letsencrypt.org/acme/acct/1");
  ASSERT_NE(profile, nullptr);
  EXPECT_EQ(profile->id, "letsencrypt-staging");
}

TEST(AnswersTo, ReadsTheIssuerAsTheCaDoes) {
  const CaProfile& lets_encrypt = *find_profile("letsencrypt");
  EXPECT_TRUE(answers_to(lets_encrypt, "letsencrypt.org"));
  EXPECT_TRUE(answers_to(lets_encrypt, "LetsEncrypt.org."));
  EXPECT_FALSE(answers_to(lets_encrypt, "letsencrypt.org.."));
  EXPECT_FALSE(answers_to(lets_encrypt, "pki.goog"));
  EXPECT_FALSE(answers_to(lets_encrypt, ""));
  const CaProfile& pebble = *find_profile("pebble");
  EXPECT_TRUE(answers_to(pebble, "pebble.letsencrypt.org"));
  EXPECT_FALSE(answers_to(pebble, "Pebble.letsencrypt.org"));
  EXPECT_FALSE(answers_to(pebble, "pebble.letsencrypt.org."));
}

TEST(Profiles, WordsOfTheirEnums) {
  EXPECT_EQ(to_text(Dialect::draft_01), "01");
  EXPECT_EQ(to_text(Dialect::draft_02), "02");
  EXPECT_EQ(to_text(AcmeError::unauthorized), "unauthorized");
  EXPECT_EQ(to_text(AcmeError::malformed), "malformed");
  EXPECT_EQ(to_text(AcmeError::dns), "dns");
  EXPECT_EQ(to_text(AcmeError::caa), "caa");
  EXPECT_EQ(to_text(Offer::yes), "yes");
  EXPECT_EQ(to_text(Offer::no), "no");
  EXPECT_EQ(to_text(Offer::staging_only), "staging");
  EXPECT_EQ(to_text(Offer::unknown), "unknown");
}

}  // namespace
}  // namespace persist::record
