#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <ctime>
#include <ostream>
#include <tuple>

#include "dns/message.h"
#include "integration/ask_dns.h"
#include "integration/fake_dns.h"

namespace persist::integration {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct Fault {
  std::string name;
  std::string mode;
  std::string want;  ///< summary() of the outcome
  friend void PrintTo(const Fault& row, std::ostream* out) { *out << row.name; }
};

std::string owner_for(const std::string& mode) {
  return "_validation-persist." + mode + ".fault.test";
}

const std::string silence = "no answer from resolver SERVER (6 tries, TIME)";
const std::string malformed = "malformed answer from resolver SERVER: ";
const std::string broken_tcp =
    "answer from resolver SERVER was truncated, and TCP to the server failed: ";

const Fault faults[] = {
    {"D01_nxdomain", "nxdomain", "NXDOMAIN"},
    {"D01_nxdomain_without_soa", "nxdomain-no-soa", "NXDOMAIN"},
    {"D02_nodata", "nodata", "NOERROR"},
    {"D02_nodata_without_soa", "nodata-no-soa", "NOERROR"},
    {"D03_servfail", "servfail", "resolver SERVER could not get an answer (SERVFAIL)"},
    {"D03_servfail_with_hostile_text", "servfail-ede",
     "resolver SERVER could not get an answer (SERVFAIL); it says: No Reachable Authority: "
     "\"no\\x1b[2Jway\\x0d\\x0a\\x3a:error\\x3a:reach \\\"ns1\\\"\""},
    {"D04_refused", "refused", "resolver SERVER does not answer us (REFUSED)"},
    {"D05_formerr", "rcode-1", "resolver SERVER answered FORMERR"},
    {"D05_notimp", "rcode-4", "resolver SERVER answered NOTIMP"},
    {"D05_notauth", "rcode-9", "resolver SERVER answered NOTAUTH"},
    {"D05_without_a_name", "rcode-11", "resolver SERVER answered RCODE11"},
    {"D06_formerr_because_of_edns", "formerr-edns", "NOERROR 1 record"},
    {"D07_silent", "silent", silence},
    {"D08_first_query_lost", "lose-1", "NOERROR 1 record"},
    {"D10_truncated_and_tcp_works", "tc", "NOERROR 1 record"},
    {"D13_tcp_silent", "tcp-hang", broken_tcp + "no answer"},
    {"D14_tcp_closed", "tcp-close", broken_tcp + "connection closed"},
    {"D14_tcp_closed_half_way", "tcp-half", broken_tcp + "connection closed"},
    {"D15_tcp_length_zero", "tcp-zero", broken_tcp + "connection closed"},
    {"D15_tcp_length_too_large", "tcp-long", broken_tcp + "connection closed"},
    {"D16_tcp_one_octet_a_second", "tcp-drip", broken_tcp + "no answer"},
    {"D17_more_than_advertised", "udp-4k", "NOERROR 1 record"},
    {"D18_wrong_id", "bad-id", silence},
    {"D18_wrong_id_then_answer", "bad-id-then-ok", "NOERROR 1 record"},
    {"D19_wrong_question_then_answer", "bad-question-then-ok", "NOERROR 1 record"},
    {"D20_wrong_source", "bad-source", silence},
    {"D20_wrong_source_then_answer", "bad-source-then-ok", "NOERROR 1 record"},
    {"D21_no_question_then_answer", "no-question-then-ok", "NOERROR 1 record"},
    {"D22_empty_then_answer", "empty-then-ok", "NOERROR 1 record"},
    {"D22_one_octet_then_answer", "short-1-then-ok", "NOERROR 1 record"},
    {"D22_eleven_octets_then_answer", "short-11-then-ok", "NOERROR 1 record"},
    {"D22_a_query_then_answer", "qr-0-then-ok", "NOERROR 1 record"},
    {"D23_string_past_rdlength", "txt-overrun", malformed + "the data of a record is broken"},
    {"D23_rdlength_past_end", "rdlength-overrun",
     malformed + "a record of the answer is broken or missing"},
    {"D23_count_too_high", "count-high",
     malformed + "a record after the answer is broken or missing"},
    {"D23_count_too_low", "count-low", malformed + "there are more records than it says"},
    {"D23_cut_off", "partial", malformed + "a record of the answer is broken or missing"},
    {"D23_class_chaos", "class-ch", malformed + "its answer is about another name, type or class"},
    {"D23_foreign_owner", "foreign-owner",
     malformed + "its answer is about another name, type or class"},
    {"D24_pointer_to_itself", "pointer-loop",
     malformed + "a record of the answer is broken or missing"},
    {"D24_pointer_forward", "pointer-forward",
     malformed + "a record of the answer is broken or missing"},
    {"D24_hundred_hops", "pointer-hops", malformed + "a record of the answer is broken or missing"},
    {"D25_trailing_octets", "trailing", "NOERROR 1 record"},
    {"D26_rdlength_0", "rdlength-0", "NOERROR 2 records"},
    {"D27_lame", "lame", "no answer from resolver SERVER: it is not a recursive resolver (RA=0)"},
    {"D28_alias_and_target", "cname", "NOERROR 1 record via target.ok.fault.test"},
    {"D29_alias_alone", "cname-partial", "NOERROR 1 record via target.ok.fault.test"},
    {"D29_nine_single_aliases", "cname-steps-9",
     "alias chain too long (more than 8 steps), in the answer of resolver SERVER"},
    {"D30_loop", "cname-loop", "alias loop, in the answer of resolver SERVER"},
    {"D30_alias_of_itself", "cname-self", "alias loop, in the answer of resolver SERVER"},
    {"D30_chain_of_forty", "cname-chain",
     "alias chain too long (more than 8 steps), in the answer of resolver SERVER"},
    {"D31_alias_to_nowhere", "cname-nxdomain", "NXDOMAIN via target.nxdomain.fault.test"},
    {"D32_dname", "dname", "NOERROR 1 record via _validation-persist.ok.fault.test"},
    {"D33_big_record", "big-record", "NOERROR 1 record"},
    {"D34_900_records", "many-900", "NOERROR 900 records"},
    {"D34_4000_records", "many-4000", "NOERROR 4000 records"},
    {"D38_bogus", "servfail-ede-6",
     "DNSSEC validation failed at resolver SERVER (SERVFAIL); it says: DNSSEC Bogus: "
     "\"said by fake_dns\""},
    {"D39_ad", "ad", "NOERROR 1 record AD"},
    {"D41_ttl_max", "ttl-max", "NOERROR 1 record"},
    {"D42_any_order", "shuffle", "NOERROR 12 records"},
    {"D42_any_letter_case", "mixed-case", "NOERROR 1 record"},
    {"D44_always_late", "late-400", silence},
};

class DnsFault : public testing::TestWithParam<std::tuple<Engine, Fault>> {};

TEST_P(DnsFault, GivesOutcome) {
  const FakeDns server;
  const auto start = Clock::now();
  const auto& [engine, fault] = GetParam();
  EXPECT_EQ(summary(ask(engine, impatient({server.address()}), owner_for(fault.mode))), fault.want);
  EXPECT_LT(Clock::now() - start, milliseconds{4000});
}

INSTANTIATE_TEST_SUITE_P(Table, DnsFault,
                         testing::Combine(testing::ValuesIn(engines), testing::ValuesIn(faults)),
                         [](const auto& row) {
                           return std::get<1>(row.param).name + "_" +
                                  to_text(std::get<0>(row.param));
                         });

std::vector<std::string> texts(const Outcome& outcome) {
  std::vector<std::string> texts;
  for (const dns::ResourceRecord& record : outcome.value().rrset) {
    texts.push_back(dns::txt_of(record).value().text());
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

FakeDnsOptions with_mode(const std::string& mode) {
  FakeDnsOptions options;
  options.default_mode = mode;
  options.good_text = "from " + mode;
  return options;
}

class DnsFaults : public EachEngine {};
INSTANTIATE_TEST_SUITE_P(Engines, DnsFaults, testing::ValuesIn(engines),
                         [](const auto& row) { return to_text(row.param); });

/// The query of `logged`, id left out.
Octets without_id(const LoggedQuery& logged) {
  return {logged.octets.begin() + 2, logged.octets.end()};
}

/// What goes out is ours to the octet, whatever version of c-ares carries it.
TEST_P(DnsFaults, D06_EdnsIsLeftOutOnce) {
  const FakeDns server;
  EXPECT_TRUE(ask(impatient({server.address()}), owner_for("formerr-edns")));
  const dns::Question question{*dns::Name::parse(owner_for("formerr-edns")), dns::RrType::txt};
  const auto queries = server.queries();
  ASSERT_EQ(queries.size(), 2U);
  for (const bool edns : {true, false}) {
    dns::QueryBuffer buffer;
    const auto want = dns::write_query(buffer, question, {.id = 0, .edns = edns});
    EXPECT_THAT(without_id(queries[edns ? 0 : 1]),
                testing::ElementsAreArray(want.begin() + 2, want.end()));
  }
}

TEST_P(DnsFaults, D10_TheQueryOverTcpIsTheSame) {
  const FakeDns server;
  EXPECT_TRUE(ask(impatient({server.address()}), owner_for("tc")));
  const auto queries = server.queries();
  ASSERT_EQ(queries.size(), 2U);
  EXPECT_EQ(without_id(queries[0]), without_id(queries[1]));
}

TEST_P(DnsFaults, D09_ClosedPortIsSeenAtOnce) {
  FakeDns server;
  server.stop();
  const auto start = Clock::now();
  EXPECT_EQ(summary(ask({.servers = impatient({server.address()}).servers}, owner_for("ok"))),
            "resolver SERVER cannot be reached: recv: Connection refused");
  EXPECT_LT(Clock::now() - start, milliseconds{1000});
}

TEST_P(DnsFaults, D11_TruncatedRecordsAreNeverRead) {
  const FakeDns server;
  const auto settings = impatient({server.address()});
  EXPECT_THAT(texts(ask(settings, owner_for("tc-partial-udp-good"))),
              testing::ElementsAre("v=spf1 -all"));
  EXPECT_THAT(texts(ask(settings, owner_for("tc-partial-tcp-good"))),
              testing::ElementsAre(FakeDnsOptions{}.good_text));
}

TEST_P(DnsFaults, D12_TruncatedAndNoTcp) {
  FakeDnsOptions options;
  options.tcp = false;
  const FakeDns server(options);
  EXPECT_EQ(summary(ask(impatient({server.address()}), owner_for("tc"))),
            broken_tcp + "send: Connection refused");
}

TEST_P(DnsFaults, D13_TcpIsTriedAgainWhileTimeIsLeft) {
  const FakeDns server;
  const auto settings = impatient({server.address()});
  EXPECT_FALSE(ask(settings, owner_for("tcp-hang")));
  std::vector<Transport> transports;
  for (const LoggedQuery& query : server.queries()) transports.push_back(query.transport);
  // Three times, and three times more in the late pass.
  std::vector<Transport> want;
  for (int i = 0; i < 6; ++i) want.insert(want.end(), {Transport::udp, Transport::tcp});
  EXPECT_EQ(transports, want);
}

TEST_P(DnsFaults, D13_D16_TheDeadlineHoldsOverTcp) {
  const FakeDns server;
  for (const std::string mode : {"tcp-hang", "tcp-drip"}) {
    AskAll questions;
    questions.add(owner_for(mode));
    const auto start = Clock::now();
    const dns::ResolverSettings patient{.servers = impatient({server.address()}).servers};
    resolver(patient)->run(questions, {.deadline = start + milliseconds{500}});
    EXPECT_LT(Clock::now() - start, milliseconds{1000}) << mode;
    ASSERT_FALSE(questions.outcome(0)) << mode;
    EXPECT_EQ(questions.outcome(0).error().code, dns::LookupErrorCode::stopped) << mode;
  }
}

TEST_P(DnsFaults, D17_MoreThanAdvertisedIsReadWhole) {
  const FakeDns server;
  const Outcome outcome = ask(impatient({server.address()}), owner_for("udp-4k"));
  constexpr std::size_t whole = 4096;
  EXPECT_EQ(outcome.value().octets.size(), whole);
  EXPECT_THAT(texts(outcome).at(0), testing::EndsWith("aaaaaaaa"));
  EXPECT_EQ(server.queries().size(), 1U);
}

TEST_P(DnsFaults, D33_D34_LargeAnswersAreReadQuickly) {
  const FakeDns server;
  for (const std::string mode : {"big-record", "many-4000"}) {
    const Outcome outcome = ask(impatient({server.address()}), owner_for(mode));
    const dns::Octets octets = outcome.value().octets;
    const dns::Question question{*dns::Name::parse(owner_for(mode)), dns::RrType::txt};
    const std::clock_t start = std::clock();  // processor time: the machine may be busy
    const auto reading = dns::read_message(octets, dns::u16_at(octets, 0), question);
    EXPECT_LT(std::clock() - start, CLOCKS_PER_SEC / 20) << mode;
    EXPECT_EQ(reading.message.rrset, outcome.value().rrset) << mode;
  }
}

TEST_P(DnsFaults, D35_E04_NoSuffixNoFileNoVariable) {
  setenv("LOCALDOMAIN", "corp.example", 1);
  setenv("RES_OPTIONS", "retrans:1 retry:1 ndots:15 rotate", 1);
  setenv("HOSTALIASES", "/dev/full", 1);
  const FakeDns server;
  EXPECT_EQ(summary(ask(impatient({server.address()}), "nxdomain.fault.test")), "NXDOMAIN");
  EXPECT_EQ(summary(ask(impatient({server.address()}), "late-200.fault.test")), "NOERROR 1 record");
  std::vector<std::string> names;
  for (const LoggedQuery& query : server.queries()) names.push_back(query.name);
  EXPECT_THAT(names, testing::ElementsAre("nxdomain.fault.test.", "late-200.fault.test."));
}

TEST_P(DnsFaults, D36_SecondServerWhenTheFirstIsSilent) {
  const FakeDns first(with_mode("silent"));
  const FakeDns second(with_mode("ok"));
  const auto outcome = ask(impatient({first.address(), second.address()}), "a.example");
  EXPECT_THAT(texts(outcome), testing::ElementsAre("from ok"));
  EXPECT_EQ(to_text(outcome.value().server), second.address());
}

TEST_P(DnsFaults, D36_SecondServerWhenTheFirstIsClosed) {
  FakeDns first;
  first.stop();
  const FakeDns second(with_mode("ok"));
  const auto start = Clock::now();
  const auto outcome = ask(impatient({first.address(), second.address()}), "a.example");
  EXPECT_EQ(to_text(outcome.value().server), second.address());
  EXPECT_LT(Clock::now() - start, milliseconds{1000});
}

TEST_P(DnsFaults, D36_ADeadFirstServerCostsAFewTimeouts) {
  const FakeDns first(with_mode("silent"));
  const FakeDns second(with_mode("ok"));
  AskAll questions;
  for (int i = 0; i < 500; ++i) questions.add(fmt::format("n{}.example", i));
  resolver(impatient({first.address(), second.address()}))->run(questions, {.window = 10});
  for (std::size_t i = 0; i < 500; ++i)
    EXPECT_EQ(summary(questions.outcome(i)), "NOERROR 1 record");
  EXPECT_LE(first.queries().size(), 20U);
}

TEST_P(DnsFaults, D38_NothingThatAnswersIsHealedByAnotherServer) {
  for (const std::string mode :
       {"servfail-ede-6", "servfail", "refused", "notimp", "txt-overrun"}) {
    const FakeDns first(with_mode(mode));
    const FakeDns second(with_mode("ok"));
    EXPECT_FALSE(ask(impatient({first.address(), second.address()}), "a.example")) << mode;
    EXPECT_THAT(second.queries(), testing::IsEmpty()) << mode;
  }
}

TEST_P(DnsFaults, D41_TtlOf0AndOf2To31) {
  const FakeDns server;
  for (const std::string mode : {"ttl-0", "ttl-max", "ttl-2147483648"}) {
    EXPECT_EQ(ask(impatient({server.address()}), owner_for(mode)).value().ttl,
              std::chrono::seconds{0})
        << mode;
  }
}

TEST_P(DnsFaults, D42_TheSameRecordsInAnyOrder) {
  FakeDnsOptions options;
  options.seed = 1;
  const FakeDns one(options);
  options.seed = 2;
  const FakeDns other(options);
  const auto first = ask(impatient({one.address()}), owner_for("shuffle"));
  const auto second = ask(impatient({other.address()}), owner_for("shuffle"));
  EXPECT_NE(first.value().rrset, second.value().rrset);
  EXPECT_EQ(texts(first), texts(second));
}

TEST_P(DnsFaults, D44_ALateAnswerIsNotTakenForTheNextQuery) {
  const FakeDns server;
  AskAll questions;
  questions.add(owner_for("late-400"));
  for (int i = 0; i < 20; ++i) questions.add(fmt::format("n{}.nxdomain.fault.test", i));
  questions.add(owner_for("late-700"));
  resolver(impatient({server.address()}))->run(questions, {.window = 2});
  EXPECT_EQ(summary(questions.outcome(0)), silence);
  for (std::size_t i = 1; i <= 20; ++i) EXPECT_EQ(summary(questions.outcome(i)), "NXDOMAIN");
}

}  // namespace
}  // namespace persist::integration
