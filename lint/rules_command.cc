#include "lint/rules_command.h"

#include "app/option_table.h"
#include "base/escape.h"
#include "lint/audit.h"
#include "lint/rules_page.h"
#include "rules/all_rules.h"

namespace persist::lint {
namespace {

std::string page(const rules::Rule* rule, std::string_view format) {
  if (format == "json") return rules_json(rule);
  if (format == "markdown") return rule == nullptr ? rules_index_markdown() : rule_markdown(*rule);
  return rule == nullptr ? rules_text() : rule_text(*rule);
}

}  // namespace

app::ExitStatus rules_command(std::span<const std::string_view> arguments,
                              const app::Environment& environment) {
  std::string format = "text";
  const std::vector<app::OptionRow> rows{
      {"format", "FORMAT", "text, json or markdown (default text)",
       [&format](std::string_view value) -> std::optional<std::string> {
         if (value != "text" && value != "json" && value != "markdown") {
           return quote(value, 80) + " is not text, json or markdown";
         }
         format = value;
         return {};
       }}};
  const auto line = app::parse_command_line(rows, "[ID]", arguments);
  if (!line || line->positionals.size() > 1) {
    print_error(environment, line ? app::UsageError{"rules takes one ID at most"} : line.error());
    return app::ExitStatus::usage;
  }
  if (const auto applied = app::apply_values(rows, line->values, {}, {}); !applied) {
    print_error(environment, applied.error());
    return app::ExitStatus::usage;
  }
  if (line->wants_help) {
    environment.out.write("usage: persist-lint rules [ID] [OPTIONS]\n\n" + app::options_help(rows) +
                          "\nexample:\n  persist-lint rules DP401\n");
    return app::ExitStatus::ok;
  }
  const rules::Rule* rule = nullptr;
  if (!line->positionals.empty()) {
    rule = rules::find_rule(line->positionals.front());
    if (rule == nullptr) {
      print_error(environment, {"unknown rule " + quote(line->positionals.front(), 80),
                                "see persist-lint rules"});
      return app::ExitStatus::usage;
    }
  }
  environment.out.write(page(rule, format));
  return app::ExitStatus::ok;
}

}  // namespace persist::lint
