#include "lint/cli.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

#include "base/escape.h"
#include "report/reporter.h"

namespace persist::lint {
namespace {

using app::OptionRow;
using Problem = std::optional<std::string>;

Problem take_format(std::string_view value, std::string& into) {
  if (report::find_format(value) == nullptr) {
    std::string known;
    for (const report::Format& format : report::formats()) {
      known += fmt::format("{}{}", known.empty() ? "" : ", ", format.name);
    }
    return fmt::format("unknown format {} (known: {})", quote(value, 80), known);
  }
  into = value;
  return {};
}

Problem take_fail_on(std::string_view value, report::Severity& into) {
  for (const auto severity :
       {report::Severity::error, report::Severity::warning, report::Severity::notice}) {
    if (report::to_text(severity) != value) continue;
    into = severity;
    return {};
  }
  return quote(value, 80) + " is not error, warning or notice";
}

Problem take_max_qps(std::string_view value, double& into) {
  std::uint32_t number = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error != std::errc{} || stop != end || value.empty()) {
    return quote(value, 80) + " is not a whole number of queries";
  }
  into = number;
  return {};
}

std::vector<OptionRow> rows_of(Options& o) {
  std::vector<OptionRow> rows = app::common_option_rows(o.common);
  rows.push_back({"domain", "NAME", "audit this name instead of a list",
                  [&o](std::string_view v) {
                    o.names.emplace_back(v);
                    return Problem();
                  },
                  true, false, false, 'd'});
  rows.push_back({"names", "", "the lists are bare text, one name a line", [&o](std::string_view) {
                    o.plain_names = true;
                    return Problem();
                  }});
  rows.push_back({"format", "FORMAT", "text, json or jsonl (default text)",
                  [&o](std::string_view v) { return take_format(v, o.format); }});
  rows.push_back({"fail-on", "LEVEL", "lowest level that makes the exit status 1 (default error)",
                  [&o](std::string_view v) { return take_fail_on(v, o.fail_on); }});
  rows.push_back({"max-qps", "N",
                  "queries a second to a server (default 1000, none on loopback; 0: no limit)",
                  [&o](std::string_view v) { return take_max_qps(v, o.max_qps); }});
  rows.push_back({"verbose", "", "show notices and authorised names too", [&o](std::string_view) {
                    o.verbose = true;
                    return Problem();
                  }});
  return rows;
}

}  // namespace

Expected<Options, app::UsageError> parse_cli(std::span<const std::string_view> arguments) {
  Options options;
  const auto rows = rows_of(options);
  const auto line = app::parse_command_line(rows, "FILE...", arguments);
  if (!line) return Unexpected(line.error());
  options.wants_help = line->wants_help;
  const auto applied = app::apply_values(rows, line->values, {}, {});
  if (!applied) return Unexpected(applied.error());
  options.files = line->positionals;
  if (!options.names.empty() && !options.files.empty()) {
    return Unexpected(app::UsageError{"a list and -d exclude each other"});
  }
  if (options.names.empty() && options.files.empty()) options.files = {"domains.yaml"};
  return options;
}

std::string usage() {
  Options unused;
  return "usage: persist-lint [OPTIONS] [FILE...|-]\n"
         "       persist-lint [OPTIONS] -d NAME [-d NAME...]\n"
         "       persist-lint rules [ID] [--format text|json|markdown]\n\n"
         "Audits the dns-persist-01 records of a list of domains. Reads DNS only; changes "
         "nothing.\n"
         "Without FILE the list is domains.yaml.\n\n" +
         app::options_help(rows_of(unused)) +
         "  -h, --help                        this text\n"
         "  -V, --version                     the version\n"
         "\nexit status: 0 no finding at or above --fail-on, 1 findings, 2 usage or list, 3 could "
         "not find out\n"
         "\nexample:\n  persist-lint domains.yaml\n";
}

}  // namespace persist::lint
