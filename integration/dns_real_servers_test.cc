#include <gmock/gmock.h>

#include <memory>

#include "dns/message.h"
#include "integration/ask_dns.h"
#include "integration/name_servers.h"

namespace persist::integration {
namespace {

/// One knotd and three unbounds, for all tests of this file.
class RealServers : public EachEngine {
 protected:
  static void SetUpTestSuite() {
    if (!missing_name_servers().empty()) return;
    authority_ = std::make_unique<Authority>();
    using Validation = RecursiveServer::Validation;
    validating_ = std::make_unique<RecursiveServer>(*authority_, Validation::right_anchor);
    failing_ = std::make_unique<RecursiveServer>(*authority_, Validation::wrong_anchor);
    trusting_ = std::make_unique<RecursiveServer>(*authority_, Validation::none);
  }
  static void TearDownTestSuite() {
    for (auto* const server : {&validating_, &failing_, &trusting_}) server->reset();
    authority_.reset();
  }
  void SetUp() override {
    if (!missing_name_servers().empty()) GTEST_SKIP() << missing_name_servers();
  }

  static dns::ResolverSettings asking(std::initializer_list<const NameServer*> servers) {
    dns::ResolverSettings settings{.servers = {}};
    for (const NameServer* server : servers) {
      settings.servers.push_back(dns::parse_server_address(server->address()).value());
    }
    return settings;
  }

  inline static std::unique_ptr<Authority> authority_;
  inline static std::unique_ptr<RecursiveServer> validating_, failing_, trusting_;
};

INSTANTIATE_TEST_SUITE_P(Engines, RealServers, testing::ValuesIn(engines),
                         [](const auto& row) { return to_text(row.param); });

TEST_P(RealServers, ASignedRecordIsAuthenticated) {
  const auto outcome = ask(asking({validating_.get()}), "_validation-persist.good.signed.test");
  EXPECT_EQ(summary(outcome), "NOERROR 1 record AD");
  EXPECT_EQ(dns::txt_of(outcome.value().rrset.at(0)).value().text(),
            "ca.example; accounturi=https://ca.example/acct/1");
}

TEST_P(RealServers, AnUnsignedRecordIsNot) {
  EXPECT_EQ(summary(ask(asking({validating_.get()}), "_validation-persist.good.plain.test")),
            "NOERROR 1 record");
}

TEST_P(RealServers, D01_NxdomainIsAuthenticated) {
  const auto outcome = ask(asking({validating_.get()}), "_validation-persist.none.signed.test");
  EXPECT_EQ(summary(outcome), "NXDOMAIN AD");
  EXPECT_LE(outcome.value().ttl, std::chrono::seconds{60});
}

TEST_P(RealServers, D02_NodataIsAuthenticated) {
  EXPECT_EQ(summary(ask(asking({validating_.get()}), "_validation-persist.nodata.signed.test")),
            "NOERROR AD");
}

TEST_P(RealServers, D28_AliasesAreFollowed) {
  EXPECT_EQ(summary(ask(asking({validating_.get()}), "_validation-persist.alias.signed.test")),
            "NOERROR 1 record via _validation-persist.good.signed.test AD");
}

TEST_P(RealServers, OtherTypesAreRead) {
  for (const auto type : {dns::RrType::soa, dns::RrType::ns, dns::RrType::dnskey}) {
    EXPECT_EQ(summary(ask(asking({validating_.get()}), "signed.test", type)), "NOERROR 1 record AD")
        << to_text(type);
  }
  EXPECT_EQ(summary(ask(asking({validating_.get()}), "ns.signed.test", dns::RrType::a)),
            "NOERROR 1 record AD");
  EXPECT_EQ(summary(ask(asking({validating_.get()}), "signed.test", dns::RrType::caa)),
            "NOERROR AD");
}

/// The data of the only record of that type.
std::string rdata(const Outcome& outcome) {
  return outcome.value().rrset.at(0).rdata;
}

TEST_P(RealServers, OtherTypesHaveTheirData) {
  for (const std::string zone : {"signed.test", "plain.test"}) {
    const auto settings = asking({validating_.get()});
    const std::string server = dns::Name::parse("ns." + zone)->wire();
    const std::string mailbox = dns::Name::parse("hostmaster." + zone)->wire();
    EXPECT_EQ(rdata(ask(settings, zone, dns::RrType::ns)), server);
    const std::string start_of_authority = rdata(ask(settings, zone, dns::RrType::soa));
    EXPECT_THAT(start_of_authority, testing::StartsWith(server + mailbox));
    constexpr std::size_t numbers_octets = 20;
    EXPECT_EQ(start_of_authority.size(), server.size() + mailbox.size() + numbers_octets);
  }
}

TEST_P(RealServers, ASignedZoneHasItsKey) {
  const auto settings = asking({validating_.get()});
  // Zone key and secure entry point, protocol 3. Source: RFC 4034 section 2.1.
  EXPECT_THAT(rdata(ask(settings, "signed.test", dns::RrType::dnskey)),
              testing::StartsWith(std::string("\1\1\3", 3)));
  EXPECT_EQ(summary(ask(settings, "plain.test", dns::RrType::dnskey)), "NOERROR");
}

TEST_P(RealServers, AnAuthorityIsAskedWithoutRecursion) {
  AskAll questions;
  const auto server = dns::parse_server_address(authority_->address());
  for (const auto type : {dns::RrType::soa, dns::RrType::ns, dns::RrType::dnskey}) {
    questions.add("signed.test", type, server);
  }
  resolver(asking({failing_.get()}))->run(questions, {});
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(summary(questions.outcome(i)), "NOERROR 1 record");
    EXPECT_TRUE(questions.outcome(i).value().authoritative);
  }
}

TEST_P(RealServers, D38_BogusIsCouldNotTell) {
  const auto outcome = ask(asking({failing_.get()}), "_validation-persist.good.signed.test");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, dns::LookupErrorCode::rcode);
  EXPECT_EQ(outcome.error().rcode, dns::Rcode::servfail);
  EXPECT_THAT(
      summary(outcome),
      testing::StartsWith("DNSSEC validation failed at resolver SERVER (SERVFAIL); it says: "));
}

TEST_P(RealServers, D38_AResolverThatDoesNotValidateHealsNothing) {
  const std::string name = "_validation-persist.good.signed.test";
  EXPECT_EQ(summary(ask(asking({trusting_.get()}), name)), "NOERROR 1 record");
  const auto outcome = ask(asking({failing_.get(), trusting_.get()}), name);
  EXPECT_THAT(summary(outcome), testing::StartsWith("DNSSEC validation failed"));
}

TEST_P(RealServers, D38_OtherZonesAreNotConcerned) {
  EXPECT_EQ(summary(ask(asking({failing_.get()}), "_validation-persist.good.plain.test")),
            "NOERROR 1 record");
}

TEST_P(RealServers, AnAuthorityAnswersForItsZonesOnly) {
  const auto outcome = ask(asking({authority_.get()}), "_validation-persist.good.plain.test");
  EXPECT_TRUE(outcome.value().authoritative);
  // Some versions add an extended error.
  EXPECT_THAT(summary(ask(asking({authority_.get()}), "_validation-persist.elsewhere.example")),
              testing::StartsWith("resolver SERVER does not answer us (REFUSED)"));
}

}  // namespace
}  // namespace persist::integration
