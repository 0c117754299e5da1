// persist-hook wait.
#include <gmock/gmock.h>

#include <functional>

#include "hook_runs.h"

namespace persist::hook {
namespace {

using persist::testing::failed_answer;
using persist::testing::FakeEnvironment;
using persist::testing::nxdomain_answer;
using persist::testing::Outcome;
using persist::testing::txt_answer;
using persist::testing::usual_record;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string owner = "_validation-persist.example.com";
const auto good = txt_answer({usual_record});
const auto dead = failed_answer(dns::LookupErrorCode::timeout);

/// What the two servers of the zone say at a time after the start.
struct Said {
  int second;
  Outcome first, second_server;
};

struct WaitCase {
  std::string name;
  std::vector<std::string> options;
  std::vector<Said> said;
  int status;
  int seconds;  ///< that it took
  friend void PrintTo(const WaitCase& row, std::ostream* out) { *out << row.name; }
};

const WaitCase cases[] = {
    {"wait_nothing_to_wait_for", {}, {{0, good, good}}, 0, 0},
    {"wait_for_the_second_server",
     {},
     {{0, nxdomain_answer(), nxdomain_answer()}, {7, good, nxdomain_answer()}, {12, good, good}},
     0,
     15},
    {"wait_in_vain", {"--timeout", "12s"}, {{0, good, nxdomain_answer()}}, 1, 12},
    {"wait_ten_minutes", {}, {{0, good, nxdomain_answer()}}, 1, 600},
    {"wait_for_a_dead_server", {"--timeout", "12s"}, {{0, good, dead}}, 3, 12},
    {"wait_refused_beside_a_dead_server",
     {"--timeout", "12s"},
     {{0, nxdomain_answer(), dead}},
     1,
     12},
    {"wait_interval", {"--interval", "1m"}, {{0, good, nxdomain_answer()}, {1, good, good}}, 0, 60},
    {"wait_quiet", {"--quiet"}, {{0, good, nxdomain_answer()}, {1, good, good}}, 0, 5},
    {"wait_gone",
     {"--gone"},
     {{0, good, good}, {2, nxdomain_answer(), good}, {6, nxdomain_answer(), txt_answer({})}},
     0,
     10},
    {"wait_gone_in_vain", {"--gone", "--timeout", "8s"}, {{0, nxdomain_answer(), good}}, 1, 8},
    {"wait_gone_dead", {"--gone", "--timeout", "8s"}, {{0, nxdomain_answer(), dead}}, 3, 8},
    // It authorises until its last second.
    {"wait_gone_by_time",
     {"--gone"},
     {{0, txt_answer({usual_record + "; persistUntil=1800000011"}), nxdomain_answer()}},
     0,
     15},
};

class Waits : public ::testing::TestWithParam<WaitCase> {};

TEST_P(Waits, WholeOutput) {
  FakeEnvironment fake;
  fake.resolver.set_zone("example.com",
                         {{"ns1.example.com", "9.9.9.1"}, {"ns2.example.com", "9.9.9.2"}});
  milliseconds passed{};
  const auto say = [&] {
    for (const Said& said : GetParam().said) {
      if (std::chrono::seconds{said.second} > passed) continue;
      fake.resolver.set_at("9.9.9.1", owner, said.first);
      fake.resolver.set_at("9.9.9.2", owner, said.second_server);
    }
  };
  say();
  fake.timer.on_sleep = [&] {
    passed += fake.timer.sleeps.back();
    say();
  };
  const auto got =
      fake.run(run, std::vector<std::string>{"wait", "example.com"} + own_ca + GetParam().options);
  EXPECT_EQ(got.status, GetParam().status);
  EXPECT_EQ(passed, std::chrono::seconds{GetParam().seconds});
  persist::testing::expect_golden("hook/" + GetParam().name + ".txt",
                                  persist::testing::to_text(got));
}

INSTANTIATE_TEST_SUITE_P(Table, Waits, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Wait, F06_ASignalEndsThePause) {
  FakeEnvironment fake;
  fake.timer.on_sleep = [&fake] {
    if (fake.timer.sleeps.size() == 3) fake.resolver.stop_flag = true;
  };
  const auto got = fake.run(run, std::vector<std::string>{"wait", "example.com"} + own_ca);
  EXPECT_EQ(got.status, 3);
  EXPECT_THAT(got.err, HasSubstr("example.com: interrupted: "));
  EXPECT_EQ(fake.timer.sleeps.size(), 3U);
  EXPECT_LE(fake.timer.sleeps.back(), milliseconds{500});
}

TEST(Wait, ForANameWithoutRoomForTheLabelEndsAtOnce) {
  FakeEnvironment fake;
  const std::string name = std::string(63, 'a') + "." + std::string(63, 'b') + "." +
                           std::string(63, 'c') + "." + std::string(42, 'd');
  const auto got = fake.run(run, std::vector<std::string>{"wait", name} + own_ca);
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(got.err, HasSubstr("leaves no room for the label _validation-persist"));
  EXPECT_THAT(fake.timer.sleeps, IsEmpty());
}

TEST(Wait, SeveralNames) {
  FakeEnvironment fake;
  fake.resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
  fake.resolver.set_at("9.9.9.1", owner, good);
  const auto got = fake.run(
      run,
      std::vector<std::string>{"wait", "example.com", "*.example.com", "--timeout", "6s"} + own_ca);
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(got.err, HasSubstr("error: *.example.com: time limit reached"));
  EXPECT_THAT(got.err, ::testing::Not(HasSubstr("error: example.com")));
}

struct UsageCase {
  std::string name;
  std::vector<std::string> arguments;
};
const UsageCase usage_cases[] = {
    {"no_name", {"wait"}},
    {"timeout_too_long", {"wait", "example.com", "--timeout", "25h"}},
    {"interval_0", {"wait", "example.com", "--interval", "0s"}},
    {"authoritative_is_what_it_does", {"wait", "example.com", "--authoritative"}},
    {"wildcard_and_no_wildcard", {"wait", "example.com", "--wildcard", "--no-wildcard"}},
};

TEST(Wait, WrongUsage) {
  for (const UsageCase& row : usage_cases) {
    FakeEnvironment fake;
    EXPECT_EQ(fake.run(run, row.arguments + own_ca).status, 2) << row.name;
    EXPECT_THAT(fake.resolver.asked(), IsEmpty()) << row.name;
  }
}

}  // namespace
}  // namespace persist::hook
