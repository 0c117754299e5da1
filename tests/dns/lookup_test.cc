#include "dns/lookup.h"

#include <gmock/gmock.h>

#include "dns/octets.h"

namespace persist::dns {
namespace {

using Next = Lookup::Next;
using std::chrono::milliseconds;

constexpr std::uint16_t id = 0x1234;

ResolverSettings settings_of(int servers, bool late_pass = false) {
  ResolverSettings settings{.servers = {}, .late_pass = late_pass};
  for (int i = 1; i <= servers; ++i) {
    settings.servers.push_back(*parse_server_address("192.0.2." + std::to_string(i)));
  }
  return settings;
}

const ResolverSettings one_server = settings_of(1);
const ResolverSettings two_servers = settings_of(2);
const ResolverSettings one_server_and_late = settings_of(1, true);
const ResolverSettings two_servers_and_late = settings_of(2, true);

Query query_for(const std::string& name) {
  return {.owner = *Name::parse(name), .type = RrType::txt, .token = 7};
}

/// A query for one of the zone's own servers.
Query query_at_authority() {
  Query query = query_for("a.example");
  query.server = parse_server_address("198.51.100.1");
  return query;
}

/// Gives the lookup an answer to what it asks; `rest` has flags, counts without QDCOUNT, records.
Next give(Lookup& lookup, const std::string& flags, const std::string& counts,
          const std::string& records) {
  const auto octets = octets_of("1234" + flags + "0001" + counts + "<" +
                                lookup.question().owner.to_text() + "> 0010 0001" + records);
  return lookup.on_message(id, octets);
}

const std::string good_record = "c00c 0010 0001 0000012c 0002 01'x'";

Next give_good(Lookup& lookup, const std::string& flags = "8180") {
  return give(lookup, flags, "0001 0000 0000", good_record);
}
Next give_rcode(Lookup& lookup, int rcode) {
  return give(lookup, "818" + std::to_string(rcode), "0000 0000 0000", "");
}
Next give_truncated(Lookup& lookup) {
  return give(lookup, "8380", "0000 0000 0000", "");
}
Next give_alias(Lookup& lookup, const std::string& target, const std::string& flags = "8180") {
  const auto wire = octets_of("<" + target + ">");
  std::string length = "0000";
  length[2] = "0123456789abcdef"[wire.size() / 16];
  length[3] = "0123456789abcdef"[wire.size() % 16];
  return give(lookup, flags, "0001 0000 0000",
              "c00c 0005 0001 0000003c" + length + "<" + target + ">");
}

bool asks_edns(const Lookup& lookup) {
  QueryBuffer buffer;
  const auto octets = lookup.query(id, buffer);
  return u16_at(octets, 10) == 1;
}

std::string failure(Lookup& lookup) {
  const auto result = lookup.result();
  return result ? "no failure" : explain(result.error());
}

TEST(Lookup, AnswersWithEverythingThatTheMessageSays) {
  Lookup lookup(query_for("a.example"), one_server);
  EXPECT_EQ(lookup.token(), 7U);
  EXPECT_EQ(lookup.transport(), Transport::udp);
  EXPECT_EQ(to_text(lookup.server()), "192.0.2.1");
  ASSERT_EQ(give_good(lookup, "85a0"), Next::done);
  const Answer answer = lookup.result().value();
  EXPECT_EQ(answer.rcode, Rcode::noerror);
  EXPECT_THAT(answer.chain, testing::IsEmpty());
  EXPECT_THAT(answer.rrset, testing::ElementsAre(ResourceRecord{.owner = *Name::parse("a.example"),
                                                                .type = RrType::txt,
                                                                .ttl = std::chrono::seconds{300},
                                                                .rdata = "\1x"}));
  EXPECT_EQ(answer.ttl, std::chrono::seconds{300});
  EXPECT_TRUE(answer.authoritative);
  EXPECT_TRUE(answer.authenticated);
  EXPECT_EQ(to_text(answer.server), "192.0.2.1");
  EXPECT_EQ(answer.octets,
            octets_of("1234 85a0 0001 0001 0000 0000 <a.example> 0010 0001" + good_record));
}

TEST(Lookup, D01_D02_NegativeAnswersAreAnswers) {
  for (const auto& [rcode, want] : {std::pair{3, Rcode::nxdomain}, std::pair{0, Rcode::noerror}}) {
    Lookup lookup(query_for("a.example"), one_server);
    ASSERT_EQ(give_rcode(lookup, rcode), Next::done);
    const Answer answer = lookup.result().value();
    EXPECT_EQ(answer.rcode, want);
    EXPECT_THAT(answer.rrset, testing::IsEmpty());
    EXPECT_EQ(answer.ttl, std::chrono::seconds{0});
  }
}

TEST(Lookup, D03_D38_NoOtherServerHealsAnError) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(give(lookup, "8182", "0000 0000 0001", "00 0029 04d0 00000000 0006 000f 0002 0006"),
            Next::done);
  EXPECT_EQ(failure(lookup),
            "DNSSEC validation failed at resolver 192.0.2.1 (SERVFAIL); it says: DNSSEC Bogus");
}

TEST(Lookup, D06_FormerrIsAskedAgainWithoutEdnsOnce) {
  Lookup lookup(query_for("a.example"), two_servers);
  EXPECT_TRUE(asks_edns(lookup));
  ASSERT_EQ(give_rcode(lookup, 1), Next::ask);
  EXPECT_FALSE(asks_edns(lookup));
  EXPECT_EQ(to_text(lookup.server()), "192.0.2.1");
  ASSERT_EQ(give_rcode(lookup, 1), Next::done);
  EXPECT_EQ(failure(lookup), "resolver 192.0.2.1 answered FORMERR");
}

TEST(Lookup, D07_SilenceUsesUpTheTriesOverAllServers) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  EXPECT_EQ(to_text(lookup.server()), "192.0.2.2");
  ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  EXPECT_EQ(to_text(lookup.server()), "192.0.2.1");
  ASSERT_EQ(lookup.on_silence(milliseconds{2001}), Next::done);
  EXPECT_EQ(failure(lookup), "no answer from resolver 192.0.2.1 (3 tries, 6.0 s)");
}

TEST(Lookup, D07_TheLatePassHasAllTriesAgain) {
  Lookup lookup(query_for("a.example"), one_server_and_late);
  EXPECT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  EXPECT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  EXPECT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask_later);
  EXPECT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  EXPECT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::done);
  EXPECT_EQ(failure(lookup), "no answer from resolver 192.0.2.1 (6 tries, 12.0 s)");
}

TEST(Lookup, D09_AllPortsClosed) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(lookup.on_failure("recv: Connection refused"), Next::ask);
  EXPECT_EQ(to_text(lookup.server()), "192.0.2.2");
  ASSERT_EQ(lookup.on_failure("recv: Connection refused"), Next::done);
  EXPECT_EQ(failure(lookup), "resolver 192.0.2.2 cannot be reached: recv: Connection refused");
}

TEST(Lookup, D36_AClosedPortCostsNoTry) {
  Lookup lookup(query_for("a.example"), two_servers);
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(lookup.on_failure("closed"), Next::ask);
    ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  }
  ASSERT_EQ(lookup.on_failure("closed"), Next::ask);
  ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::done);
  EXPECT_EQ(failure(lookup), "no answer from resolver 192.0.2.2 (6 tries, 6.0 s)");
}

TEST(Lookup, D10_TruncatedIsAskedOverTcp) {
  Lookup lookup(query_for("a.example"), one_server);
  ASSERT_EQ(give_truncated(lookup), Next::ask);
  EXPECT_EQ(lookup.transport(), Transport::tcp);
  ASSERT_EQ(give_good(lookup), Next::done);
  EXPECT_TRUE(lookup.result());
}

TEST(Lookup, D12_TcpThatFailsCostsATry) {
  Lookup lookup(query_for("a.example"), two_servers_and_late);
  for (const Next end : {Next::ask_later, Next::done}) {
    for (int i = 0; i < 2; ++i) {
      ASSERT_EQ(give_truncated(lookup), Next::ask);
      ASSERT_EQ(lookup.on_failure("connection closed"), Next::ask);
      EXPECT_EQ(lookup.transport(), Transport::udp);
    }
    ASSERT_EQ(give_truncated(lookup), Next::ask);
    ASSERT_EQ(lookup.on_silence(milliseconds{2000}), end);
  }
  EXPECT_EQ(
      failure(lookup),
      "answer from resolver 192.0.2.2 was truncated, and TCP to the server failed: no answer");
}

TEST(Lookup, D12_SilenceAfterTruncationIsNamed) {
  Lookup lookup(query_for("a.example"), one_server_and_late);
  for (const Next end : {Next::ask_later, Next::done}) {
    ASSERT_EQ(give_truncated(lookup), Next::ask);
    ASSERT_EQ(lookup.on_failure("connection closed"), Next::ask);
    ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
    ASSERT_EQ(lookup.on_silence(milliseconds{2000}), end);
  }
  EXPECT_EQ(
      failure(lookup),
      "answer from resolver 192.0.2.1 was truncated, and TCP to the server failed: no answer");
}

TEST(Lookup, D12_TruncatedOverTcpToo) {
  Lookup lookup(query_for("a.example"), one_server_and_late);
  for (const Next end : {Next::ask_later, Next::done}) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(give_truncated(lookup), Next::ask);
    ASSERT_EQ(give_truncated(lookup), end);
  }
  EXPECT_EQ(failure(lookup),
            "answer from resolver 192.0.2.1 was truncated, and TCP to the server failed: truncated "
            "there, too");
}

TEST(Lookup, D12_AServerThatTruncatesIsNotUnreachable) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(lookup.on_failure("recv: Connection refused"), Next::ask);
  ASSERT_EQ(give_truncated(lookup), Next::ask);
  ASSERT_EQ(lookup.on_failure("connection closed"), Next::ask);
  EXPECT_EQ(lookup.on_failure("recv: Connection refused"), Next::ask);
}

TEST(Lookup, D18_AForeignMessageChangesNothing) {
  Lookup lookup(query_for("a.example"), one_server);
  EXPECT_EQ(
      lookup.on_message(id + 1, octets_of("1234 8180 0001 0000 0000 0000 <a.example> 00100001")),
      Next::wait);
  EXPECT_EQ(lookup.on_message(id, octets_of("")), Next::wait);
  ASSERT_EQ(give_good(lookup), Next::done);
}

TEST(Lookup, D23_MalformedIsFinal) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(give(lookup, "8180", "0002 0000 0000", good_record), Next::done);
  EXPECT_EQ(
      failure(lookup),
      "malformed answer from resolver 192.0.2.1: a record of the answer is broken or missing");
}

TEST(Lookup, D27_AnEmptyAnswerFromNoResolver) {
  Lookup lookup(query_for("a.example"), one_server);
  ASSERT_EQ(give(lookup, "8100", "0000 0000 0000", ""), Next::done);
  EXPECT_EQ(failure(lookup),
            "no answer from resolver 192.0.2.1: it is not a recursive resolver (RA=0)");
}

TEST(Lookup, D27_AReferralFromAResolver) {
  Lookup lookup(query_for("a.example"), one_server);
  ASSERT_EQ(give(lookup, "8180", "0000 0001 0000", "c00e 0002 0001 0000012c 0003 01'b'00"),
            Next::done);
  EXPECT_EQ(failure(lookup), "no answer from resolver 192.0.2.1: it only points to other servers");
}

TEST(Lookup, D27_AReferralFromAServerOfOnesChoice) {
  Lookup lookup(query_at_authority(), one_server);
  EXPECT_EQ(lookup.server_index(), std::nullopt);
  EXPECT_EQ(to_text(lookup.server()), "198.51.100.1");
  ASSERT_EQ(give(lookup, "8000", "0000 0001 0000", "c00e 0002 0001 0000012c 0003 01'b'00"),
            Next::done);
  EXPECT_EQ(failure(lookup), "no answer from resolver 198.51.100.1: it does not serve this name");
}

TEST(Lookup, AServerOfOnesChoiceIsAskedAlone) {
  Lookup lookup(query_at_authority(), two_servers);
  QueryBuffer buffer;
  EXPECT_EQ(u16_at(lookup.query(id, buffer), 2), 0x0020) << "RD must not be set";
  EXPECT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  EXPECT_EQ(to_text(lookup.server()), "198.51.100.1");
  ASSERT_EQ(lookup.on_failure("closed"), Next::done);
  EXPECT_EQ(failure(lookup), "resolver 198.51.100.1 cannot be reached: closed");
}

TEST(Lookup, AnAuthorityHasAuthority) {
  Lookup lookup(query_at_authority(), one_server);
  ASSERT_EQ(give_good(lookup, "8400"), Next::done);
  const Answer answer = lookup.result().value();
  EXPECT_TRUE(answer.authoritative);
  EXPECT_FALSE(answer.leads_on);
}

TEST(Lookup, D27_AnAnswerFromACacheIsNotThatOfAnAuthority) {
  for (const std::string flags : {"8000", "8080", "8180", "8003"}) {
    Lookup lookup(query_at_authority(), one_server);
    const bool is_empty = flags == "8003";
    ASSERT_EQ(is_empty ? give(lookup, flags, "0000 0000 0000", "") : give_good(lookup, flags),
              Next::done);
    EXPECT_EQ(failure(lookup), "no answer from resolver 198.51.100.1: it does not serve this name");
  }
}

TEST(Lookup, AnAuthorityIsNotAskedForOtherZones) {
  Lookup lookup(query_at_authority(), one_server);
  ASSERT_EQ(give_alias(lookup, "b.test", "8400"), Next::done);
  const Answer answer = lookup.result().value();
  EXPECT_TRUE(answer.leads_on);
  EXPECT_THAT(answer.chain, testing::ElementsAre(*Name::parse("b.test")));
  EXPECT_THAT(answer.rrset, testing::IsEmpty());
}

TEST(Lookup, D29_AsksForTheTargetOfAnAlias) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  ASSERT_EQ(give_alias(lookup, "b.test", "85a0"), Next::ask);
  EXPECT_EQ(lookup.question(), (Question{*Name::parse("b.test"), RrType::txt}));
  EXPECT_EQ(to_text(lookup.server()), "192.0.2.2");
  ASSERT_EQ(give_good(lookup, "8180"), Next::done);
  const Answer answer = lookup.result().value();
  EXPECT_THAT(answer.chain, testing::ElementsAre(*Name::parse("b.test")));
  EXPECT_EQ(answer.rrset.at(0).owner, Name::parse("b.test"));
  EXPECT_EQ(answer.ttl, std::chrono::seconds{60});
  EXPECT_FALSE(answer.authenticated) << "the second answer has no AD";
  EXPECT_FALSE(answer.authoritative);
}

TEST(Lookup, D29_EightStepsAreFollowed) {
  Lookup lookup(query_for("a.example"), one_server);
  for (int i = 1; i <= 8; ++i) ASSERT_EQ(give_alias(lookup, "n" + std::to_string(i)), Next::ask);
  ASSERT_EQ(give_good(lookup), Next::done);
  EXPECT_EQ(lookup.result().value().chain.size(), 8U);
}

TEST(Lookup, D30_NineStepsAreNot) {
  Lookup lookup(query_for("a.example"), one_server);
  for (int i = 1; i <= 8; ++i) ASSERT_EQ(give_alias(lookup, "n" + std::to_string(i)), Next::ask);
  ASSERT_EQ(give_alias(lookup, "n9"), Next::done);
  EXPECT_EQ(failure(lookup),
            "alias chain too long (more than 8 steps), in the answer of resolver 192.0.2.1");
}

TEST(Lookup, D30_LoopsOverSeveralAnswersAreSeen) {
  for (const std::string last : {"a.example", "b.test"}) {
    Lookup lookup(query_for("a.example"), one_server);
    ASSERT_EQ(give_alias(lookup, "b.test"), Next::ask);
    ASSERT_EQ(give_alias(lookup, last), Next::done);
    EXPECT_EQ(failure(lookup), "alias loop, in the answer of resolver 192.0.2.1");
  }
}

TEST(Lookup, D31_AnAliasToNowhereNamesItsTarget) {
  Lookup lookup(query_for("a.example"), one_server);
  ASSERT_EQ(give_alias(lookup, "b.test"), Next::ask);
  ASSERT_EQ(give_rcode(lookup, 3), Next::done);
  const Answer answer = lookup.result().value();
  EXPECT_EQ(answer.rcode, Rcode::nxdomain);
  EXPECT_THAT(answer.chain, testing::ElementsAre(*Name::parse("b.test")));
}

TEST(Lookup, D31_AnAliasToNodataNeedsNoSecondQuestion) {
  Lookup lookup(query_for("a.example"), one_server);
  ASSERT_EQ(give(lookup, "8180", "0001 0001 0000",
                 "c00c 0005 0001 0000003c 0006 <test> <test> 0006 0001 0000012c 0016 00 00"
                 "00000001 00000002 00000003 00000004 0000001e"),
            Next::done);
  const Answer answer = lookup.result().value();
  EXPECT_THAT(answer.rrset, testing::IsEmpty());
  EXPECT_EQ(answer.ttl, std::chrono::seconds{30});
}

TEST(Lookup, ASuspiciousExtendedErrorOnTheWayIsKept) {
  Lookup lookup(query_for("a.example"), one_server);
  ASSERT_EQ(give(lookup, "8180", "0001 0000 0001",
                 "c00c 0005 0001 0000003c 0006 <test>"
                 "00 0029 04d0 00000000 0006 000f 0002 0003"),
            Next::ask);
  ASSERT_EQ(give(lookup, "8180", "0001 0000 0001",
                 good_record + "00 0029 04d0 00000000 0006 000f 0002 0016"),
            Next::done);
  EXPECT_EQ(lookup.result().value().extended_error, ExtendedError{3});
}

TEST(Lookup, F10_ALocalFailureIsFinal) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(lookup.on_local_failure("socket: Too many open files"), Next::done);
  EXPECT_EQ(failure(lookup),
            "this system could not ask resolver 192.0.2.1: socket: Too many open files");
}

TEST(Lookup, StoppingSaysHowFarItWas) {
  Lookup lookup(query_for("a.example"), two_servers);
  ASSERT_EQ(lookup.on_silence(milliseconds{2000}), Next::ask);
  ASSERT_EQ(lookup.on_stop("time limit reached", milliseconds{500}), Next::done);
  EXPECT_EQ(failure(lookup),
            "time limit reached before resolver 192.0.2.2 answered (1 try, 2.5 s)");
}

TEST(Lookup, BeginsAtTheServerItIsTold) {
  const Lookup lookup(query_for("a.example"), two_servers, 1);
  EXPECT_EQ(to_text(lookup.server()), "192.0.2.2");
  EXPECT_EQ(lookup.server_index(), 1U);
}

}  // namespace
}  // namespace persist::dns
