#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <atomic>
#include <map>

#include "integration/ask_dns.h"
#include "integration/fake_dns.h"

namespace persist::integration {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

class ManyNames : public EachEngine {};
INSTANTIATE_TEST_SUITE_P(Engines, ManyNames, testing::ValuesIn(engines),
                         [](const auto& row) { return to_text(row.param); });

/// What each mode gives, for any name.
const std::pair<std::string, std::string> modes[] = {
    {"ok", "NOERROR 1 record"},
    {"nxdomain", "NXDOMAIN"},
    {"nodata", "NOERROR"},
    {"servfail", "resolver SERVER could not get an answer (SERVFAIL)"},
    {"tc", "NOERROR 1 record"},
    {"lose-1", "NOERROR 1 record"},
    {"cname-partial", "NOERROR 1 record via target.ok.fault.test"},
    {"formerr-edns", "NOERROR 1 record"},
    {"bad-id-then-ok", "NOERROR 1 record"},
    {"count-high",
     "malformed answer from resolver SERVER: "
     "a record after the answer is broken or missing"},
    {"late-120", "NOERROR 1 record"},
    {"many-100", "NOERROR 100 records"},
};

TEST_P(ManyNames, EachGetsItsOwnOutcome) {
  const FakeDns server;
  AskAll questions;
  for (std::size_t i = 0; i < 2000; ++i) {
    questions.add(fmt::format("n{}.{}.fault.test", i, modes[i % std::size(modes)].first));
  }
  auto settings = impatient({server.address()});
  settings.try_timeout = std::chrono::seconds{1};  // so many answers over TCP take their time
  resolver(settings)->run(questions, {});
  for (std::size_t i = 0; i < 2000; ++i) {
    EXPECT_EQ(summary(questions.outcome(i)), modes[i % std::size(modes)].second) << i;
  }
}

TEST_P(ManyNames, SilentOnesAreAskedAgainAtTheEnd) {
  const FakeDns server;
  AskAll questions;
  for (int i = 0; i < 100; ++i) questions.add(fmt::format("n{}.lose-4.fault.test", i));
  for (int i = 0; i < 100; ++i) questions.add(fmt::format("n{}.ok.fault.test", i));
  resolver(impatient({server.address()}))->run(questions, {.window = 100});
  for (std::size_t i = 0; i < 200; ++i)
    EXPECT_EQ(summary(questions.outcome(i)), "NOERROR 1 record");
}

TEST_P(ManyNames, D43_LossNeverGivesAWrongAnswer) {
  const FakeDns server;
  AskAll questions;
  for (int i = 0; i < 1000; ++i) questions.add(fmt::format("n{}.lossy-15.fault.test", i));
  resolver(impatient({server.address()}))->run(questions, {});
  std::map<std::string, int> outcomes;
  for (std::size_t i = 0; i < 1000; ++i) ++outcomes[summary(questions.outcome(i))];
  // Six tries: with 15 % lost each way 0.05 % stay open, 0.5 of 1000 names.
  EXPECT_GE(outcomes["NOERROR 1 record"], 990);
  EXPECT_EQ(
      outcomes["NOERROR 1 record"] + outcomes["no answer from resolver SERVER (6 tries, TIME)"],
      1000);
}

TEST_P(ManyNames, L08_SourcePortsChange) {
  const FakeDns server;
  AskAll questions;
  for (int i = 0; i < 20000; ++i) questions.add(fmt::format("n{}.ok.fault.test", i));
  resolver(impatient({server.address()}))->run(questions, {});
  EXPECT_EQ(questions.answered(), 20000U);
  std::map<std::uint16_t, int> ports;
  for (const LoggedQuery& query : server.queries()) ++ports[query.source_port];
  const bool is_batch = GetParam() == Engine::batch;
  EXPECT_GE(ports.size(), is_batch ? 4U : 5U);
  for (const auto& [port, queries] : ports) EXPECT_LE(queries, is_batch ? 16384 : 4096) << port;
}

/// Lets this process open one descriptor more, until the end of the scope.
class OneMoreDescriptor {
 public:
  explicit OneMoreDescriptor(int spare) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const int next = dup(0);
    close(next);
    const rlimit few{.rlim_cur = static_cast<rlim_t>(next + spare), .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
  }
  ~OneMoreDescriptor() { setrlimit(RLIMIT_NOFILE, &before_); }
  OneMoreDescriptor(const OneMoreDescriptor&) = delete;
  OneMoreDescriptor& operator=(const OneMoreDescriptor&) = delete;

 private:
  rlimit before_{};
};

TEST_P(ManyNames, F08_OneDescriptorIsEnough) {
  const FakeDns server;
  AskAll questions;
  for (int i = 0; i < 500; ++i) questions.add(fmt::format("n{}.ok.fault.test", i));
  {
    const OneMoreDescriptor limit(1);
    resolver(impatient({server.address()}))->run(questions, {});
  }
  for (std::size_t i = 0; i < 500; ++i)
    EXPECT_EQ(summary(questions.outcome(i)), "NOERROR 1 record");
}

TEST_P(ManyNames, F08_NoDescriptorIsALocalFailure) {
  const FakeDns server;
  AskAll questions;
  for (int i = 0; i < 3; ++i) questions.add(fmt::format("n{}.ok.fault.test", i));
  {
    const OneMoreDescriptor limit(0);
    resolver(impatient({server.address()}))->run(questions, {});
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(summary(questions.outcome(i)),
              "this system could not ask resolver SERVER: socket: Too many open files");
  }
}

TEST_P(ManyNames, TheDeadlineEndsEverything) {
  const FakeDns server;
  AskAll questions;
  for (int i = 0; i < 300; ++i) questions.add(fmt::format("n{}.silent.fault.test", i));
  const auto start = Clock::now();
  resolver(impatient({server.address()}))->run(questions, {.deadline = start + milliseconds{400}});
  EXPECT_LT(Clock::now() - start, milliseconds{1000});
  EXPECT_EQ(questions.answered(), 128U);
  EXPECT_EQ(summary(questions.outcome(0)),
            "time limit reached before resolver SERVER answered (1 try, TIME)");
}

TEST_P(ManyNames, NothingIsAskedAfterTheDeadline) {
  const FakeDns server;
  AskAll questions;
  questions.add("ok.fault.test");
  resolver(impatient({server.address()}))->run(questions, {.deadline = Clock::now()});
  EXPECT_EQ(questions.answered(), 0U);
  EXPECT_THAT(server.queries(), testing::IsEmpty());
}

/// Sets the flag with the first answer.
class StopAfterOne : public AskAll {
 public:
  std::atomic<bool> stop{false};
  void on_answer(std::uint32_t token, Outcome outcome) override {
    AskAll::on_answer(token, std::move(outcome));
    stop = true;
  }
};

TEST_P(ManyNames, TheStopFlagEndsEverything) {
  const FakeDns server;
  StopAfterOne questions;
  questions.add("silent.fault.test");
  questions.add("ok.fault.test");
  const auto start = Clock::now();
  const auto reused = resolver(impatient({server.address()}));
  reused->run(questions, {.stop = &questions.stop});
  EXPECT_LT(Clock::now() - start, milliseconds{1000});
  EXPECT_EQ(summary(questions.outcome(0)),
            "interrupted before resolver SERVER answered (0 tries, TIME)");
  EXPECT_EQ(summary(questions.outcome(1)), "NOERROR 1 record");

  AskAll again;  // what the run left behind does no harm to the next
  again.add("nxdomain.fault.test");
  reused->run(again, {});
  EXPECT_EQ(summary(again.outcome(0)), "NXDOMAIN");
}

TEST_P(ManyNames, AServerOfOnesOwnIsAskedWithoutRecursion) {
  const FakeDns server;
  const FakeDns authority;
  AskAll questions;
  questions.add("ok.fault.test", dns::RrType::txt, dns::parse_server_address(authority.address()));
  questions.add("ok.fault.test");
  resolver(impatient({server.address()}))->run(questions, {});
  EXPECT_EQ(to_text(questions.outcome(0).value().server), authority.address());
  EXPECT_EQ(to_text(questions.outcome(1).value().server), server.address());
  constexpr std::uint8_t recursion_desired = 0x01;
  EXPECT_EQ(authority.queries().at(0).octets[2] & recursion_desired, 0);
  EXPECT_EQ(server.queries().at(0).octets[2] & recursion_desired, recursion_desired);
}

/// Asks the parent of a name when the name has no answer.
class Climb : public dns::Conversation {
 public:
  std::optional<dns::Query> next_query() override { return std::exchange(next, std::nullopt); }
  void on_answer(std::uint32_t token, Outcome outcome) override {
    asked.push_back(token);
    if (outcome && outcome->rrset.empty() && token < 2) {
      next = dns::Query{.owner = *dns::Name::parse("ok.fault.test"),
                        .type = dns::RrType::txt,
                        .token = token + 1};
    }
  }
  std::optional<dns::Query> next = dns::Query{
      .owner = *dns::Name::parse("a.nodata.fault.test"), .type = dns::RrType::txt, .token = 1};
  std::vector<std::uint32_t> asked{};
};

TEST_P(ManyNames, AnAnswerMayLeadToAQuestion) {
  const FakeDns server;
  Climb climb;
  resolver(impatient({server.address()}))->run(climb, {});
  EXPECT_THAT(climb.asked, testing::ElementsAre(1U, 2U));
}

}  // namespace
}  // namespace persist::integration
