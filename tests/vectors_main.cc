// persist-vectors FILE...   runs conformance vectors; prints differences and `N passed, M failed`
// persist-vectors --judge   one row a line on stdin, one line of verdicts a row on stdout
//                           (tests/second_evaluator)
// persist-vectors --judge-letsencrypt
//                           the same for that profile alone, with CAA (integration/boulder_va)
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "acme/challenge_vectors.h"
#include "support/vectors.h"
#include "survey/lets_encrypt_line.h"

namespace {

using persist::testing::Json;

int judge_lines(std::string (*judge)(const Json&)) {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::string verdicts = judge(Json::parse(line)) + "\n";
    std::fwrite(verdicts.data(), 1, verdicts.size(), stdout);
  }
  return std::fflush(stdout) == 0 ? 0 : 3;
}

/// A row of challenges.json holds a challenge; the other files' rows none.
std::string check(const Json& row) {
  return row.contains("challenge") ? persist::testing::check_challenge_row(row)
                                   : persist::testing::check_row(row);
}

int run_files(int count, char** paths) {
  std::size_t passed = 0;
  std::size_t failed = 0;
  for (int i = 0; i < count; ++i) {
    std::ifstream file(paths[i]);
    const Json rows = Json::parse(file, nullptr, false);
    if (!rows.is_array()) {
      fmt::print(stderr, "persist-vectors: error: {} is no array of rows\n", paths[i]);
      return 2;
    }
    for (const Json& row : rows) {
      const std::string difference = check(row);
      if (!difference.empty()) fmt::print("{}: {}\n", row.at("id").get<std::string>(), difference);
      ++(difference.empty() ? passed : failed);
    }
  }
  fmt::print("{} passed, {} failed\n", passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc == 2 ? argv[1] : "";
  if (mode == "--judge") return judge_lines(persist::testing::judge_line);
  if (mode == "--judge-letsencrypt") return judge_lines(persist::testing::lets_encrypt_line);
  if (argc < 2) {
    fmt::print(stderr, "usage: persist-vectors FILE... | --judge | --judge-letsencrypt\n");
    return 2;
  }
  return run_files(argc - 1, argv + 1);
}
