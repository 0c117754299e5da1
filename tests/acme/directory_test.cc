#include "acme/directory.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "acme/documents.h"

namespace persist::acme {
namespace {

const Json eleven_names{"n0.example", "n1.example", "n2.example", "n3.example",
                        "n4.example", "n5.example", "n6.example", "n7.example",
                        "n8.example", "n9.example", "n10.example"};

ProtocolError missing(ProtocolErrorCode code, const std::string& member) {
  return {.code = code, .member = member};
}

TEST(Directory, OfTodaysServersIsRead) {
  Json json = directory_json({{"caaIdentities", {"letsencrypt.org"}},
                              {"externalAccountRequired", true},
                              {"profiles", {{"classic", "https://ca.example/profiles"}}},
                              {"termsOfService", "https://ca.example/terms"},
                              {"website", 7}});
  json["renewalInfo"] = "https://ca.example/acme/renewal-info";
  json["Avl7XkGBqxo"] = "https://ca.example/random-entry";
  EXPECT_EQ(parse_directory(json.dump()),
            (Directory{.new_nonce = "https://ca.example/acme/new-nonce",
                       .new_account = "https://ca.example/acme/new-account",
                       .new_order = "https://ca.example/acme/new-order",
                       .external_account_required = true,
                       .issuer_domain_names = Unexpected(
                           missing(ProtocolErrorCode::issuers_missing, "issuerDomainNames")),
                       .caa_identities = names({"letsencrypt.org"}),
                       .account_hash_prefix = Unexpected(
                           missing(ProtocolErrorCode::hash_prefix_missing, "accountHashPrefix"))}));
}

TEST(Directory, OfDraft02IsRead) {
  const Directory directory =
      directory_of({{"caaIdentities", {"AUTHORITY.example.", "Bücher.example"}},
                    {"issuerDomainNames", {"authority.example"}},
                    {"accountHashPrefix", hash_prefix}});
  EXPECT_FALSE(directory.external_account_required);
  EXPECT_EQ(directory.caa_identities, names({"authority.example", "xn--bcher-kva.example"}));
  EXPECT_EQ(directory.issuer_domain_names, names({"authority.example"}));
  EXPECT_EQ(directory.account_hash_prefix, hash_prefix);
}

TEST(Directory, NeedsNoMeta) {
  Json json = directory_json();
  json.erase("meta");
  EXPECT_EQ(parse_directory(json.dump()), parse_directory(directory_json().dump()));
}

struct BadCase {
  std::string name;
  std::string member;
  Json value;  ///< in its place; a discarded value: the member is left out
  std::string want;
  friend void PrintTo(const BadCase& row, std::ostream* out) { *out << row.name; }
};

const Json left_out(Json::value_t::discarded);

const BadCase bad_cases[] = {
    {"no_nonce", "newNonce", left_out, "member-missing newNonce"},
    {"no_account", "newAccount", left_out, "member-missing newAccount"},
    {"no_order", "newOrder", left_out, "member-missing newOrder"},
    {"nonce_is_a_number", "newNonce", 1, "member-wrong-type newNonce"},
    {"account_is_null", "newAccount", nullptr, "member-wrong-type newAccount"},
    {"order_is_an_array", "newOrder", {"https://ca.example/"}, "member-wrong-type newOrder"},
    {"order_over_http", "newOrder", "http://ca.example/",
     "not-https-url newOrder http://ca.example/"},
    {"meta_is_null", "meta", nullptr, "member-wrong-type meta"},
    {"meta_is_an_array", "meta", Json::array(), "member-wrong-type meta"},
    {"flag_is_a_string",
     "meta",
     {{"externalAccountRequired", "true"}},
     "member-wrong-type externalAccountRequired"},
    {"flag_is_a_number",
     "meta",
     {{"externalAccountRequired", 1}},
     "member-wrong-type externalAccountRequired"},
};

class BadDirectory : public testing::TestWithParam<BadCase> {};

TEST_P(BadDirectory, IsRefused) {
  Json json = directory_json();
  json.erase(GetParam().member);
  if (!GetParam().value.is_discarded()) json[GetParam().member] = GetParam().value;
  EXPECT_EQ(outcome(parse_directory(json.dump())), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, BadDirectory, testing::ValuesIn(bad_cases),
                         [](const auto& row) { return row.param.name; });

TEST(Directory, ThatIsNoObjectIsRefused) {
  EXPECT_EQ(outcome(parse_directory("[]")), "not-an-object");
  EXPECT_EQ(outcome(parse_directory("{}")), "member-missing newNonce");
}

struct MetaCase {
  std::string name;
  Json meta;
  std::string issuers;
  std::string identities;
  std::string prefix;
  Preprovisioning preprovisioning;
  friend void PrintTo(const MetaCase& row, std::ostream* out) { *out << row.name; }
};

const std::string no_issuers = "issuers-missing issuerDomainNames";
const std::string no_identities = "issuers-missing caaIdentities";
const std::string no_prefix = "hash-prefix-missing accountHashPrefix";
using enum Preprovisioning;

const MetaCase meta_cases[] = {
    {"nothing", Json::object(), no_issuers, no_identities, no_prefix, not_applicable},
    {"identities_alone",
     {{"caaIdentities", {"a.example"}}},
     no_issuers,
     "read",
     no_prefix,
     not_applicable},
    {"identities_of_none",
     {{"caaIdentities", Json::array()}},
     no_issuers,
     "issuers-empty caaIdentities",
     no_prefix,
     not_applicable},
    {"eleven_identities",
     {{"caaIdentities", eleven_names}},
     no_issuers,
     "read",
     no_prefix,
     not_applicable},
    {"identities_are_a_string",
     {{"caaIdentities", "a.example"}},
     no_issuers,
     "issuers-wrong-type caaIdentities",
     no_prefix,
     not_applicable},
    {"one_identity_is_no_name",
     {{"caaIdentities", {"a.example", "a b"}}},
     no_issuers,
     "issuer-not-normalised caaIdentities a b",
     no_prefix,
     not_applicable},
    {"one_identity_is_too_long",
     {{"caaIdentities",
       {std::string(60, 'a') + "." + std::string(60, 'b') + "." + std::string(60, 'c') + "." +
        std::string(60, 'd') + ".example.example"}}},
     no_issuers,
     "issuer-too-long caaIdentities " + std::string(60, 'a') + "." + std::string(60, 'b') + "." +
         std::string(60, 'c') + "." + std::string(60, 'd') + ".example.example",
     no_prefix,
     not_applicable},

    {"both",
     {{"issuerDomainNames", {"a.example"}}, {"accountHashPrefix", hash_prefix}},
     "read",
     no_identities,
     "read",
     possible},
    {"prefix_alone",
     {{"accountHashPrefix", hash_prefix}},
     no_issuers,
     no_identities,
     "read",
     impossible},
    {"issuers_alone",
     {{"issuerDomainNames", {"a.example"}}},
     "read",
     no_identities,
     no_prefix,
     impossible},
    {"issuers_are_null",
     {{"issuerDomainNames", nullptr}, {"accountHashPrefix", hash_prefix}},
     "issuers-wrong-type issuerDomainNames",
     no_identities,
     "read",
     impossible},
    {"issuers_are_an_object",
     {{"issuerDomainNames", {{"a.example", true}}}},
     "issuers-wrong-type issuerDomainNames",
     no_identities,
     no_prefix,
     impossible},
    {"eleven_issuers",
     {{"issuerDomainNames", eleven_names}},
     "issuers-too-many issuerDomainNames",
     no_identities,
     no_prefix,
     impossible},
    {"issuer_in_capitals",
     {{"issuerDomainNames", {"A.example"}}},
     "issuer-not-normalised issuerDomainNames A.example",
     no_identities,
     no_prefix,
     impossible},
    {"prefix_is_a_number",
     {{"accountHashPrefix", 7}},
     no_issuers,
     no_identities,
     "hash-prefix-wrong-type accountHashPrefix",
     impossible},
    {"prefix_is_null",
     {{"accountHashPrefix", nullptr}},
     no_issuers,
     no_identities,
     "hash-prefix-wrong-type accountHashPrefix",
     impossible},
    {"prefix_is_empty",
     {{"accountHashPrefix", ""}},
     no_issuers,
     no_identities,
     "hash-prefix-not-expressible accountHashPrefix",
     impossible},
    {"prefix_is_relative",
     {{"accountHashPrefix", "/account-hash/"}},
     no_issuers,
     no_identities,
     "hash-prefix-not-expressible accountHashPrefix /account-hash/",
     impossible},
    {"prefix_with_a_blank",
     {{"accountHashPrefix", "https://ca.example/a b/"}},
     no_issuers,
     no_identities,
     "hash-prefix-not-expressible accountHashPrefix https://ca.example/a b/",
     impossible},
    {"prefix_is_a_urn",
     {{"accountHashPrefix", "urn:example:account:"}},
     no_issuers,
     no_identities,
     "read",
     impossible},
};

class Meta : public testing::TestWithParam<MetaCase> {};

TEST_P(Meta, A15_FaultsAreKeptBesideTheRest) {
  const Directory directory = directory_of(GetParam().meta);
  EXPECT_EQ(outcome(directory.issuer_domain_names), GetParam().issuers);
  EXPECT_EQ(outcome(directory.caa_identities), GetParam().identities);
  EXPECT_EQ(outcome(directory.account_hash_prefix), GetParam().prefix);
  EXPECT_EQ(preprovisioning(directory), GetParam().preprovisioning);
  EXPECT_EQ(speaks_draft_02(directory), GetParam().preprovisioning != not_applicable);
}

INSTANTIATE_TEST_SUITE_P(Table, Meta, testing::ValuesIn(meta_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::acme
