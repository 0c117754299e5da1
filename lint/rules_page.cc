#include "lint/rules_page.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "record/generate.h"
#include "report/json_writer.h"
#include "rules/all_rules.h"
#include "rules/example.h"

namespace persist::lint {
namespace {

using rules::Rule;

constexpr std::size_t page_width = 80;
constexpr std::size_t heading_width = 10;

/// `heading` and `text` in the columns behind it.
std::string paragraph(std::string_view heading, std::string_view text) {
  std::string page = fmt::format("{:<{}}", heading, heading_width);
  std::size_t column = heading_width;
  for (const std::string_view word : split(text, ' ')) {
    if (column + word.size() > page_width && column > heading_width) {
      page.back() = '\n';
      page.append(heading_width, ' ');
      column = heading_width;
    }
    page.append(word) += ' ';
    column += word.size() + 1;
  }
  page.back() = '\n';
  return page;
}

std::string in_zone_form(std::string_view value) {
  return record::to_zone_strings(record::to_character_strings(value));
}

std::string records_text(std::string_view heading, const std::vector<std::string>& values) {
  if (values.empty()) return fmt::format("{:<{}}(no record)\n", heading, heading_width);
  std::string page;
  for (const std::string& value : values) {
    page +=
        fmt::format("{:<{}}{}\n", page.empty() ? heading : "", heading_width, in_zone_form(value));
  }
  return page;
}

std::string_view describe(rules::Level level) {
  return level == rules::Level::profile ? "error where the CA refuses for it, else warning"
                                        : to_text(level);
}

/// What the rule says of its bad example.
std::string said_of_bad_example(const Rule& rule) {
  std::string said;
  for (const auto& found : rules::run_rules(rules::make_bad_example(rule.example))) {
    if (found.rule != rule.id) continue;
    said +=
        fmt::format("{}: {} [{}]\n", report::to_text(found.severity), found.message, found.rule);
  }
  return said;
}

void write_rule(report::JsonWriter& json, const Rule& rule) {
  json.begin_object();
  json.text("id", rule.id);
  json.text("name", rule.name);
  json.text("level", to_text(rule.level));
  json.text("title", rule.title);
  json.text("rationale", rule.rationale);
  json.text("remedy", rule.remedy);
  json.text("citation", rule.citation);
  json.text("since", rule.since);
  json.text("effective", rule.effective);
  json.text("note", rule.example.note);
  json.begin_array("good");
  for (const std::string& value : rule.example.good) json.text(value);
  json.end_array();
  json.begin_array("bad");
  for (const std::string& value : rule.example.bad) json.text(value);
  json.end_array();
  json.end_object();
}

std::string records_markdown(std::string_view heading, const std::vector<std::string>& values) {
  std::string page = fmt::format("{}:\n\n```\n", heading);
  for (const std::string& value : values) {
    page += fmt::format("_validation-persist.example.com. 300 IN TXT {}\n", in_zone_form(value));
  }
  if (values.empty()) page += "(no record)\n";
  return page + "```\n\n";
}

}  // namespace

std::string rules_text() {
  std::string page;
  for (const Rule* rule : rules::all_rules()) {
    page += fmt::format("{}  {:<8} {:<28} {}\n", rule->id, to_text(rule->level), rule->name,
                        rule->title);
  }
  return page;
}

std::string rule_text(const Rule& rule) {
  std::string page =
      fmt::format("{} {} ({})\n{}\n\n", rule.id, rule.name, describe(rule.level), rule.title);
  page += paragraph("why", rule.rationale);
  page += paragraph("remedy", rule.remedy);
  page += records_text("good", rule.example.good);
  page += records_text("bad", rule.example.bad);
  if (!rule.example.note.empty()) page += paragraph("", rule.example.note);
  page += paragraph("source", rule.citation);
  page += paragraph("since", rule.since);
  if (!rule.effective.empty()) page += paragraph("effective", rule.effective);
  return page;
}

std::string rules_json(const Rule* rule) {
  std::string text;
  report::JsonWriter json(text);
  json.begin_object();
  json.number("schema_version", 1);
  json.begin_array("rules");
  for (const Rule* each : rules::all_rules()) {
    if (rule == nullptr || rule == each) write_rule(json, *each);
  }
  json.end_array();
  json.end_object();
  return text + "\n";
}

std::string rule_markdown(const Rule& rule) {
  std::string page = fmt::format("# {} {}\n\nLevel: {}. {}.\n\n{}\n\n", rule.id, rule.name,
                                 describe(rule.level), rule.title, rule.rationale);
  page += fmt::format("## What to do\n\n{}\n\n## Example\n\n", rule.remedy);
  page +=
      "For `example.com`, the account `https://ca.example/acct/1` at `ca.example` and "
      "2026-11-21.\n\n";
  page += records_markdown("Good", rule.example.good);
  page += records_markdown("Bad", rule.example.bad);
  if (!rule.example.note.empty()) page += fmt::format("{}\n\n", rule.example.note);
  page += fmt::format("`persist-lint` says of the bad one:\n\n```\n{}```\n\n",
                      said_of_bad_example(rule));
  page += fmt::format("## Source\n\n{}.\n\nSince version {}.", rule.citation, rule.since);
  if (!rule.effective.empty()) page += fmt::format(" In effect from {}.", rule.effective);
  return page + "\n";
}

std::string rules_index_markdown() {
  std::string page =
      "# Rules\n\nWhat `persist-lint` can find; `persist-lint rules DP401` prints one. Ids never "
      "change their meaning.\n\n"
      "* error: the CA refuses, or a MUST is broken\n"
      "* warning: a SHOULD is broken, or it will soon fail\n"
      "* notice: advice; it never alters the exit status\n"
      "* unknown: could not find out; never counted as a finding\n"
      "* profile: error where the CA refuses for it, else warning\n\n"
      "| id | name | level | what is wrong |\n|---|---|---|---|\n";
  for (const Rule* rule : rules::all_rules()) {
    page += fmt::format("| [{0}]({0}.md) | {1} | {2} | {3} |\n", rule->id, rule->name,
                        to_text(rule->level), rule->title);
  }
  return page;
}

}  // namespace persist::lint
