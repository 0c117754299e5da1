#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/option_table.h"

/// A small table of options for the tests of the ways in which one can be given.
namespace persist::app {

/// What the rows below were told.
struct Told {
  std::vector<std::string> url{}, issuers{};
  int quiet = 0;
};

inline std::vector<OptionRow> rows_for(Told& told) {
  using Problem = std::optional<std::string>;
  return {
      {"account-url", "URL", "an account",
       [&told](std::string_view v) -> Problem {
         if (v == "bad") return "\"bad\" is no URL";
         told.url.emplace_back(v);
         return {};
       }},
      {"issuer", "NAME", "an issuer",
       [&told](std::string_view v) {
         told.issuers.emplace_back(v);
         return Problem();
       },
       true},
      {"quiet", "", "say nothing",
       [&told](std::string_view) {
         ++told.quiet;
         return Problem();
       }},
      {"now", "TIME", "a time", [](std::string_view) { return Problem(); }, false, false, false},
      {"domain", "NAME", "a name", [](std::string_view) { return Problem(); }, true, false, false,
       'd'},
      {"kid", "URL", "the same as --account-url",
       [&told](std::string_view v) {
         told.url.emplace_back(v);
         return Problem();
       },
       false, true, true, '\0', "account-url"},
  };
}

}  // namespace persist::app
