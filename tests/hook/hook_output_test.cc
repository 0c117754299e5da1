#include "hook/hook_output.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "hook/certbot_abort.h"
#include "support/fake_environment.h"

namespace persist::hook {
namespace {

struct Case {
  std::string name;
  std::vector<std::pair<std::string, std::string>> variables;
  bool stops;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

class OctetFfTest : public ::testing::TestWithParam<Case> {};

// C01, C02: a charset that has the octet would let certbot go on.
TEST_P(OctetFfTest, StopsWhereTheCharsetLacksIt) {
  report::StringSink out;
  report::StringSink err;
  testing::FakeEnvironment fake;
  fake.variables = GetParam().variables;
  EXPECT_EQ(stops_at_octet_ff(fake.make(out, err)), GetParam().stops);
}

// Every locale but C, POSIX and C.UTF-8 may be missing on the machine: the answer must not change.
INSTANTIATE_TEST_SUITE_P(
    Locales, OctetFfTest,
    ::testing::Values(
        Case{"nothing_set", {}, true}, Case{"c", {{"LC_ALL", "C"}}, true},
        Case{"posix", {{"LANG", "POSIX"}}, true}, Case{"c_utf8", {{"LC_ALL", "C.UTF-8"}}, true},
        Case{"c_utf8_in_lower_case", {{"LC_ALL", "C.utf8"}}, true},
        Case{"german_utf8", {{"LANG", "de_DE.UTF-8"}}, true},
        Case{"german_utf8_with_modifier", {{"LANG", "de_DE.UTF-8@euro"}}, true},
        Case{"no_such_locale_in_utf8", {{"LANG", "xx_XX.UTF-8"}}, true},
        Case{"no_such_locale", {{"LANG", "xx_XX"}}, false},
        Case{"latin_1", {{"LANG", "de_DE.ISO-8859-1"}}, false},
        Case{"german_without_charset", {{"LANG", "de_DE"}}, false},
        Case{"cyrillic", {{"LC_CTYPE", "ru_RU.KOI8-R"}}, false},
        Case{"windows", {{"LC_CTYPE", "ru_RU.CP1251"}}, false},
        Case{"all_beats_ctype", {{"LC_ALL", "C"}, {"LC_CTYPE", "de_DE.ISO-8859-1"}}, true},
        Case{"ctype_beats_lang", {{"LC_CTYPE", "C.UTF-8"}, {"LANG", "de_DE.ISO-8859-1"}}, true},
        Case{"empty_counts_as_unset", {{"LC_ALL", ""}, {"LANG", "C"}}, true},
        Case{"python_told_to_use_utf8", {{"PYTHONUTF8", "1"}, {"LANG", "de_DE.ISO-8859-1"}}, true},
        Case{"python_told_not_to", {{"PYTHONUTF8", "0"}, {"LANG", "de_DE.ISO-8859-1"}}, false}),
    [](const auto& row) { return row.param.name; });

TEST(HookOutputTest, IsReadByTheProcessThatHoldsTheOtherEnd) {
  const auto self = ProcessTree().self();
  ASSERT_TRUE(self);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int before = dup(STDERR_FILENO);
  dup2(ends[1], STDERR_FILENO);
  const bool with_reader = is_read_by(*self);
  close(ends[0]);
  const bool without = is_read_by(*self);  // that we write to it ourselves is no reading
  dup2(before, STDERR_FILENO);
  EXPECT_TRUE(with_reader);
  EXPECT_FALSE(without);
  EXPECT_FALSE(
      is_read_by({.pid = 1 << 30, .parent_pid = 1, .state = 'S', .start_time = 1, .name = "none"}));
  close(ends[1]);
  close(before);
}

TEST(StopWayTest, FollowsWhatWasWantedAndWhatCertbotHears) {
  Process certbot{.pid = 4711, .parent_pid = 1, .state = 'S', .start_time = 1, .name = "certbot"};
  EXPECT_EQ(choose_stop_way(CertbotAbort::lineage, certbot, true), StopWay::octet_ff);
  EXPECT_EQ(choose_stop_way(CertbotAbort::lineage, certbot, false), StopWay::interrupt);
  EXPECT_EQ(choose_stop_way(CertbotAbort::run, certbot, true), StopWay::interrupt);
  certbot.ignored_signals = 1U << (SIGINT - 1);
  EXPECT_EQ(choose_stop_way(CertbotAbort::lineage, certbot, true), StopWay::octet_ff);
  EXPECT_EQ(choose_stop_way(CertbotAbort::lineage, certbot, false), StopWay::terminate);
  EXPECT_EQ(choose_stop_way(CertbotAbort::run, certbot, true), StopWay::terminate);
}

}  // namespace
}  // namespace persist::hook
