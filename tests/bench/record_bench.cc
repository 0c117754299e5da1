// What one record costs. Build with the preset `release`; a quiet machine, one core.
//
//   record_bench --benchmark_min_time=0.5 --benchmark_repetitions=5
//   --benchmark_report_aggregates_only=true
//
// The usual record has 121 octets, as the mean of a million records of a large list had.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "record/evaluate.h"
#include "support/records.h"

namespace persist::testing {
namespace {

const std::string usual =
    "letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234; "
    "policy=wildcard; persistUntil=1830297600";

record::Requirement usual_requirement() {
  return {.identifier = *record::parse_identifier("*.www.shop-1234.example"),
          .issuer_domain_names = {name("letsencrypt.org")},
          .account = {.url = "https://acme-v02.api.letsencrypt.org/acme/acct/1234"}};
}

std::vector<record::NameAnswer> answer_of(const std::string& text) {
  return {{usual_requirement().identifier.name, record::DnsOutcome::answered, {txt(text)}}};
}

void copy_octets(benchmark::State& state) {
  std::string to(usual.size(), '\0');
  for (auto _ : state) {
    benchmark::DoNotOptimize(std::memcpy(to.data(), usual.data(), usual.size()));
    benchmark::ClobberMemory();
  }
}
BENCHMARK(copy_octets);

void parse(benchmark::State& state, const char* id) {
  const auto& rules = profile(id).reading;
  for (auto _ : state) benchmark::DoNotOptimize(record::parse_record(usual, rules));
}
BENCHMARK_CAPTURE(parse, to_the_letter, "strict-01");
BENCHMARK_CAPTURE(parse, lets_encrypt, "letsencrypt");

void evaluate_usual(benchmark::State& state, const char* id) {
  const auto required = usual_requirement();
  const auto answers = answer_of(usual);
  const auto& ca = profile(id);
  if (evaluate(answers, required, ca, now).outcome != record::Outcome::authorized) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(answers, required, ca, now));
}
BENCHMARK_CAPTURE(evaluate_usual, to_the_letter, "strict-01");
BENCHMARK_CAPTURE(evaluate_usual, lets_encrypt, "letsencrypt");

/// Grows with the length of the record, and not faster.
void evaluate_hostile(benchmark::State& state, const char* id, std::string (*make)(std::size_t)) {
  const auto required = usual_requirement();
  const auto answers = answer_of(make(static_cast<std::size_t>(state.range(0))));
  const auto& ca = profile(id);
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(answers, required, ca, now));
  state.SetComplexityN(state.range(0));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

std::string with_parameters(std::size_t octets) {
  std::string text = usual;
  while (text.size() + 8 <= octets)
    text += ";x" + std::to_string(10000 + text.size() % 90000) + "=";
  return text;
}

std::string with_long_value(std::size_t octets) {
  return usual + "; x=" + std::string(octets - usual.size() - 4, 'y');
}

std::string with_semicolons(std::size_t octets) {
  return "letsencrypt.org" + std::string(octets - 15, ';');
}

BENCHMARK_CAPTURE(evaluate_hostile, parameters, "letsencrypt", with_parameters)
    ->RangeMultiplier(4)
    ->Range(1 << 10, 1 << 16)
    ->Complexity(benchmark::oN);
BENCHMARK_CAPTURE(evaluate_hostile, long_value, "letsencrypt", with_long_value)
    ->RangeMultiplier(4)
    ->Range(1 << 10, 1 << 16)
    ->Complexity(benchmark::oN);
BENCHMARK_CAPTURE(evaluate_hostile, semicolons, "letsencrypt", with_semicolons)
    ->RangeMultiplier(4)
    ->Range(1 << 10, 1 << 16)
    ->Complexity(benchmark::oN);
BENCHMARK_CAPTURE(evaluate_hostile, distinct_tags, "pebble", with_parameters)
    ->RangeMultiplier(4)
    ->Range(1 << 10, 1 << 16)
    ->Complexity(benchmark::oN);

}  // namespace
}  // namespace persist::testing

BENCHMARK_MAIN();
