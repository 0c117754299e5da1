// What an entry of a list costs to read. Build with the preset `release`; a quiet machine, one
// core.
//
//   list_bench --benchmark_min_time=0.5 --benchmark_repetitions=5
//   --benchmark_report_aggregates_only=true
//
// Instructions, which do not need a quiet machine: integration/list_cost.py.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "config/inventory_reader.h"

namespace persist::config {
namespace {

constexpr int entries = 100'000;

/// One entry in `odd_every` has a comment, which is not for the scanner; 0: none.
std::string maps(int odd_every) {
  std::string text = "domains:\n";
  for (int i = 0; i < entries; ++i) {
    const bool odd = odd_every != 0 && i % odd_every == 0;
    text += fmt::format("  - name: host{:07}.example.com{}\n    wildcard: true\n", i,
                        odd ? "  # why" : "");
  }
  return text;
}

std::string names() {
  std::string text = "domains:\n";
  for (int i = 0; i < entries; ++i) text += fmt::format("  - host{:07}.example.com\n", i);
  return text;
}

void read_list(benchmark::State& state, const std::string& text, bool scan_entries) {
  for (auto _ : state) {
    auto reader = InventoryReader::from_text("list.yaml", text, ListFormat::yaml,
                                             {.scan_entries = scan_entries});
    int count = 0;
    while (*reader->next()) ++count;
    if (count != entries) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * entries);
}
BENCHMARK_CAPTURE(read_list, names, names(), true);
BENCHMARK_CAPTURE(read_list, maps, maps(0), true);
BENCHMARK_CAPTURE(read_list, maps_one_in_a_hundred_odd, maps(100), true);
BENCHMARK_CAPTURE(read_list, maps_by_yaml_cpp, maps(0), false);

}  // namespace
}  // namespace persist::config

BENCHMARK_MAIN();
