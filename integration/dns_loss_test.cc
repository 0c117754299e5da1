// Names by the hundred thousand over a path that loses, delays, doubles and forges. Every answer
// has to be the right one; what gets none may be no more than chance explains.
//
// PERSIST_LOSS_LOOKUPS: how many for each share of loss; from a million on, memory has to stay
// flat.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <tuple>

#include "dns/message.h"
#include "integration/ask_dns.h"
#include "integration/fake_dns.h"

namespace persist::integration {
namespace {

constexpr long default_lookups = 67'000;
constexpr long lookups_that_show_growth = 1'000'000;
/// As a program with a list does it: no further name before the ones under way have an end. What
/// timed out waits for its late pass, and would else pile up.
constexpr long most_open = 16'384;

long lookups() {
  const char* const text = std::getenv("PERSIST_LOSS_LOOKUPS");
  return text == nullptr ? default_lookups : std::strtol(text, nullptr, 10);
}

/// Of this process, the server included.
long resident_kib() {
  long size = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/// Every second name has the record, the others do not exist; counts what comes.
class Census : public dns::Conversation {
 public:
  Census(int percent, long names) : percent_(percent), names_(names) {}

  std::optional<dns::Query> next_query() override {
    if (asked_ == names_ || asked_ - answered == most_open) return {};
    const char* const mode = asked_ % 2 == 0 ? "lossy" : "lossy-nxdomain";
    const auto owner =
        fmt::format("_validation-persist.n{}.{}-{}.fault.test", asked_, mode, percent_);
    return dns::Query{.owner = dns::Name::parse(owner).value(),
                      .type = dns::RrType::txt,
                      .token = static_cast<std::uint32_t>(asked_++)};
  }

  void on_answer(std::uint32_t token, Outcome outcome) override {
    if (++answered == names_ / 2) kib_at_half = resident_kib();
    if (!outcome) {
      ++(outcome.error().code == dns::LookupErrorCode::timeout ? silent : wrong);
    } else if (token % 2 == 0 ? !is_good(*outcome) : outcome->rcode != dns::Rcode::nxdomain) {
      ++wrong;
    }
  }

  long answered = 0, silent = 0, wrong = 0;
  long kib_at_half = 0;

 private:
  static bool is_good(const dns::Answer& answer) {
    if (answer.rcode != dns::Rcode::noerror || answer.rrset.size() != 1) return false;
    return dns::txt_of(answer.rrset[0]).value().text() == FakeDnsOptions{}.good_text;
  }

  int percent_;
  long names_;
  long asked_ = 0;
};

class DnsLoss : public testing::TestWithParam<std::tuple<Engine, int>> {};

TEST_P(DnsLoss, D43_NeverAWrongAnswerAndNoMoreSilenceThanChance) {
  const auto [engine, percent] = GetParam();
  ASSERT_GT(lookups(), 0);
  // The one for lists carries the load; the other has far fewer under way at a time.
  const long names = engine == Engine::batch ? lookups() : lookups() / 32 + 1;
  FakeDnsOptions options;
  options.keep_log = false;
  const FakeDns server(options);
  Census census(percent, names);
  const auto settings = impatient({server.address()});
  make_resolver(engine, settings)->run(census, {});
  EXPECT_EQ(census.answered, names);
  EXPECT_EQ(census.wrong, 0);
  // Each of the tries of both passes is lost on one of its two ways.
  const double lost = 1 - std::pow(1 - percent / 100.0, 2);
  const double expected = static_cast<double>(names) * std::pow(lost, 2 * settings.tries);
  EXPECT_LE(static_cast<double>(census.silent), 1.3 * expected + 4 * std::sqrt(expected) + 1);
  const long growth_kib = resident_kib() - census.kib_at_half;
  fmt::print(
      "{}: {} % lost each way: {} lookups, {} wrong, {} without an answer ({:.1f} expected)\n",
      to_text(engine), percent, census.answered, census.wrong, census.silent, expected);
  fmt::print("memory in the second half: {:+} KiB\n", growth_kib);
  constexpr long most_growth_kib = 2048;
  if (names >= lookups_that_show_growth) {
    EXPECT_LE(growth_kib, most_growth_kib);
  }
}

INSTANTIATE_TEST_SUITE_P(Percent, DnsLoss,
                         testing::Combine(testing::ValuesIn(engines), testing::Values(5, 15, 30)),
                         [](const auto& row) {
                           return fmt::format("{}_{}", to_text(std::get<0>(row.param)),
                                              std::get<1>(row.param));
                         });

}  // namespace
}  // namespace persist::integration
