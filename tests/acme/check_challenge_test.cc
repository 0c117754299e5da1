// What a client must make of a challenge, beyond the conformance vectors.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "acme/challenge.h"
#include "acme/documents.h"
#include "record/generate.h"
#include "record/persist_record.h"

namespace persist::acme {
namespace {

using record::Dialect;

struct Case {
  std::string name;
  Json challenge;  ///< members as well as, or in the place of, those of draft -00
  Json meta;
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Json meta_02{{"issuerDomainNames", {"authority.example"}},
                   {"accountHashPrefix", hash_prefix}};
const Json camel_case{{"issuerDomainNames", {"authority.example"}}};

Json issuers(const Json& list) {
  return {{"issuer-domain-names", list}};
}

const std::string too_long = std::string(63, 'a') + "." + std::string(63, 'b') + "." +
                             std::string(63, 'c') + "." + std::string(62, 'd');
const std::string longest = too_long.substr(0, 253);
const std::string refused = "issuer-not-normalised issuer-domain-names ";

const Case cases[] = {
    {"list_is_null", issuers(nullptr), {}, "issuers-wrong-type issuer-domain-names"},
    {"list_is_a_number", issuers(1), {}, "issuers-wrong-type issuer-domain-names"},
    {"list_is_an_object",
     issuers({{"0", "a.example"}}),
     {},
     "issuers-wrong-type issuer-domain-names"},
    {"list_of_numbers", issuers({1, 2}), {}, "issuers-wrong-type issuer-domain-names"},
    {"null_in_the_list",
     issuers({"a.example", nullptr}),
     {},
     "issuers-wrong-type issuer-domain-names"},
    {"list_in_the_list",
     issuers(Json::array({Json::array({"a.example"})})),
     {},
     "issuers-wrong-type issuer-domain-names"},
    {"thousands_of_names",
     issuers(Json(3'000, "authority.example")),
     {},
     "issuers-too-many issuer-domain-names"},
    {"empty_name", issuers({""}), {}, "issuer-not-normalised issuer-domain-names"},
    {"dot_alone", issuers({"."}), {}, refused + "."},
    {"second_name_is_bad", issuers({"a.example", "A.example"}), {}, refused + "A.example"},
    {"blank_before", issuers({" a.example"}), {}, refused + " a.example"},
    {"star", issuers({"*.example"}), {}, refused + "*.example"},
    {"underscore", issuers({"_a.example"}), {}, refused + "_a.example"},
    {"address", issuers({"192.0.2.1"}), {}, refused + "192.0.2.1"},
    {"url", issuers({"https://a.example"}), {}, refused + "https://a.example"},
    {"nul",
     issuers({std::string("a\0.example", 10)}),
     {},
     refused + std::string("a\0.example", 10)},
    {"long_label",
     issuers({std::string(64, 'a') + ".example"}),
     {},
     refused + std::string(64, 'a') + ".example"},
    {"name_of_253_octets", issuers({longest}), {}, "read"},
    {"name_of_254_octets",
     issuers({too_long}),
     {},
     "issuer-too-long issuer-domain-names " + too_long},
    {"name_of_253_octets_and_a_dot", issuers({longest + "."}), {}, refused + longest + "."},
    {"single_label", issuers({"localhost"}), {}, "read"},
    {"same_name_twice", issuers({"a.example", "a.example"}), {}, "read"},

    {"uri_is_null", {{"accounturi", nullptr}}, {}, "accounturi-wrong-type accounturi"},
    {"uri_is_a_number", {{"accounturi", 123}}, {}, "accounturi-wrong-type accounturi"},
    {"uri_is_empty", {{"accounturi", ""}}, {}, "accounturi-not-expressible accounturi"},
    {"uri_is_relative",
     {{"accounturi", "/acct/1"}},
     {},
     "accounturi-not-expressible accounturi /acct/1"},
    {"uri_with_a_blank",
     {{"accounturi", "https://ca.example/ 1"}},
     {},
     "accounturi-not-expressible accounturi https://ca.example/ 1"},
    {"uri_not_ascii",
     {{"accounturi", "https://ca.example/ü"}},
     {},
     "accounturi-not-expressible accounturi https://ca.example/ü"},
    {"uri_with_a_line_break",
     {{"accounturi", "https://ca.example/\n"}},
     {},
     "accounturi-not-expressible accounturi https://ca.example/\n"},
    {"uri_is_no_url", {{"accounturi", "acct:5555555555@ca.example"}}, {}, "read"},
    {"identities_do_not_count_before_02",
     Json::object(),
     {{"caaIdentities", {"other.example"}}},
     "read"},

    {"both_spellings", camel_case, meta_02, "read"},
    {"both_spellings_and_a_bad_old_list",
     {{"issuerDomainNames", {"authority.example"}}, {"issuer-domain-names", 7}},
     meta_02,
     "read"},
    {"bad_new_list_is_not_replaced_by_the_old",
     {{"issuerDomainNames", nullptr}},
     {},
     "issuers-wrong-type issuerDomainNames"},
    {"old_list_below_a_new_prefix",
     Json::object(),
     {{"accountHashPrefix", hash_prefix}},
     "issuers-missing issuerDomainNames"},
    {"new_list_below_an_old_directory", camel_case, {}, "hash-prefix-missing accountHashPrefix"},
    {"prefix_is_a_number",
     camel_case,
     {{"accountHashPrefix", 1}},
     "hash-prefix-wrong-type accountHashPrefix"},
    {"names_are_compared_before_the_prefix",
     camel_case,
     {{"issuerDomainNames", {"b.example"}}},
     "directory-not-subset issuerDomainNames b.example"},
    {"directory_is_compared_before_identities",
     camel_case,
     {{"issuerDomainNames", {"b.example"}}, {"caaIdentities", {"c.example"}}},
     "directory-not-subset issuerDomainNames b.example"},
    {"bad_identities_are_not_compared",
     camel_case,
     {{"accountHashPrefix", hash_prefix}, {"caaIdentities", {"b.example", 1}}},
     "read"},
    {"no_identities_are_not_compared",
     camel_case,
     {{"accountHashPrefix", hash_prefix}, {"caaIdentities", Json::array()}},
     "read"},
    {"bad_uri_does_not_count_from_02",
     {{"issuerDomainNames", {"authority.example"}}, {"accounturi", 7}},
     meta_02,
     "read"},
};

class Judging : public testing::TestWithParam<Case> {};

TEST_P(Judging, SaysWhatIsWrong) {
  const Json& meta = GetParam().meta;
  EXPECT_EQ(
      outcome(check_challenge(challenge_of(GetParam().challenge),
                              directory_of(meta.is_null() ? Json::object() : meta), account_url)),
      GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Judging, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

struct OfferCase {
  std::string name;
  Json challenge;
  Json meta;
  Offer want;
  friend void PrintTo(const OfferCase& row, std::ostream* out) { *out << row.name; }
};

const OfferCase offer_cases[] = {
    {"draft_00",
     Json::object(),
     Json::object(),
     {.dialect = Dialect::draft_01,
      .issuer_domain_names = names({"authority.example"}),
      .accounturi = account_url,
      .notes = {OfferNote::account_url_assumed}}},
    {"draft_01",
     {{"accounturi", account_url}},
     Json::object(),
     {.dialect = Dialect::draft_01,
      .issuer_domain_names = names({"authority.example"}),
      .accounturi = account_url}},
    {"draft_01_with_another_uri",
     {{"accounturi", "https://ca.example/alias/abc"}},
     Json::object(),
     {.dialect = Dialect::draft_01,
      .issuer_domain_names = names({"authority.example"}),
      .accounturi = "https://ca.example/alias/abc",
      .notes = {OfferNote::accounturi_differs}}},
    {"draft_02",
     {{"issuerDomainNames", {"b.example", "authority.example"}}},
     meta_02,
     {.dialect = Dialect::draft_02,
      .issuer_domain_names = names({"b.example", "authority.example"}),
      .account_hash_prefix = hash_prefix}},
    {"draft_02_with_a_uri",
     {{"issuerDomainNames", {"authority.example"}}, {"accounturi", account_url}},
     meta_02,
     {.dialect = Dialect::draft_02,
      .issuer_domain_names = names({"authority.example"}),
      .account_hash_prefix = hash_prefix,
      .notes = {OfferNote::accounturi_ignored}}},
};

class Offering : public testing::TestWithParam<OfferCase> {};

TEST_P(Offering, TellsWhatToPublish) {
  EXPECT_EQ(check_challenge(challenge_of(GetParam().challenge), directory_of(GetParam().meta),
                            account_url),
            GetParam().want);
}

/// What is offered can be written and is read back as it was: nothing becomes a parameter.
TEST_P(Offering, CanStandInARecord) {
  const auto offer = check_challenge(challenge_of(GetParam().challenge),
                                     directory_of(GetParam().meta), account_url);
  ASSERT_TRUE(offer.has_value());
  for (const record::DomainName& issuer : offer->issuer_domain_names) {
    const record::PersistRecord made{.issuer_domain_name = issuer.text(),
                                     .accounturi = offer->accounturi + offer->account_hash_prefix};
    EXPECT_EQ(record::parse_record(record::to_issue_value(made)), made);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Offering, testing::ValuesIn(offer_cases),
                         [](const auto& row) { return row.param.name; });

TEST(Challenge, WithoutAccounturiNeedsAnAccountUrlThatCanBePublished) {
  EXPECT_EQ(outcome(check_challenge(challenge_of(Json::object()), directory_of(Json::object()),
                                    "https://ca.example/acct/1;policy=wildcard")),
            "accounturi-not-expressible the account URL https://ca.example/acct/1;policy=wildcard");
}

TEST(OfferNote, IsExplained) {
  EXPECT_EQ(to_text(OfferNote::account_url_assumed),
            "the challenge gives no accounturi: publish the account URL");
  EXPECT_EQ(to_text(OfferNote::accounturi_differs),
            "accounturi differs from the account URL: publish what the challenge gives, and make "
            "sure that both are the same account");
  EXPECT_EQ(to_text(OfferNote::accounturi_ignored),
            "the challenge gives an accounturi, which draft -02 does not know: publish the hash");
}

}  // namespace
}  // namespace persist::acme
