#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "base/ascii.h"
#include "findings.h"
#include "rules/all_rules.h"
#include "rules/example.h"
#include "support/files.h"

namespace persist::rules {
namespace {

struct TableRow {
  std::string name;
  std::string level;
};

std::map<std::string, TableRow> read_table() {
  std::istringstream file(
      persist::testing::read_file(persist::testing::testdata_folder() / "rules.tsv"));
  std::map<std::string, TableRow> table;
  std::string line;
  while (std::getline(file, line)) {
    const auto cells = split(line, '\t');
    table[std::string(cells.at(0))] = {std::string(cells.at(1)), std::string(cells.at(2))};
  }
  return table;
}

/// What the rule says of a subject, when it is asked alone.
std::vector<Finding> ask(const Rule& rule, const Subject& subject) {
  if (rule.is_fallback && subject.evaluation.outcome != record::Outcome::refused) return {};
  return rule.check(subject, dissect(subject));
}

class EveryRule : public ::testing::TestWithParam<const Rule*> {};

TEST_P(EveryRule, IsSilentAboutItsGoodExample) {
  for (const Finding& finding : ask(*GetParam(), make_good_example(GetParam()->example))) {
    ADD_FAILURE() << finding.message;
  }
}

TEST_P(EveryRule, SpeaksAboutItsBadExample) {
  const Subject subject = make_bad_example(GetParam()->example);
  EXPECT_FALSE(ask(*GetParam(), subject).empty());
  const auto found = run_rules(subject);
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const report::Diagnostic& diagnostic) {
    return diagnostic.rule == GetParam()->id;
  }));
}

TEST_P(EveryRule, IsAskedWhereItSpeaks) {
  for (const Rule* other : all_rules()) {
    for (const Subject& subject :
         {make_good_example(other->example), make_bad_example(other->example)}) {
      const auto records = dissect(subject);
      if (ask(*GetParam(), subject).empty()) continue;
      EXPECT_TRUE(is_asked(*GetParam(), relevance_of(subject, records))) << other->id;
    }
  }
}

TEST_P(EveryRule, PointsIntoTheRecord) {
  const Subject subject = make_bad_example(GetParam()->example);
  for (const Finding& finding : ask(*GetParam(), subject)) {
    if (!finding.span) continue;
    ASSERT_LT(finding.span->record, subject.evaluation.judgements.size());
    const auto text = subject.evaluation.judgements[finding.span->record].found.text();
    EXPECT_LE(finding.span->offset + finding.span->length, text.size());
  }
}

TEST_P(EveryRule, WritesMessagesInOneStyle) {
  for (const Finding& finding : ask(*GetParam(), make_bad_example(GetParam()->example))) {
    for (const std::string& text : {finding.message, finding.hint}) {
      if (text.empty()) continue;
      EXPECT_NE(text.back(), '.') << text;
      EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    }
  }
}

TEST_P(EveryRule, IsTheOneOfTheTable) {
  static const auto table = read_table();
  const auto row = table.find(std::string(GetParam()->id));
  ASSERT_NE(row, table.end());
  EXPECT_EQ(GetParam()->name, row->second.name);
  EXPECT_EQ(to_text(GetParam()->level), row->second.level);
}

TEST_P(EveryRule, HasCompleteMetadata) {
  const Rule& rule = *GetParam();
  EXPECT_FALSE(rule.title.empty());
  EXPECT_NE(rule.title.back(), '.');
  EXPECT_FALSE(is_upper(rule.title.front()) && !is_upper(rule.title[1])) << rule.title;
  EXPECT_FALSE(rule.citation.empty());
  EXPECT_NE(rule.citation.back(), '.');
  EXPECT_EQ(rule.rationale.back(), '.');
  EXPECT_LE(std::count(rule.rationale.begin(), rule.rationale.end(), '.'), 6)
      << "at most three sentences";
  EXPECT_EQ(rule.since, "0.1.0");
}

TEST_P(EveryRule, HasARemedyOfOneSentence) {
  const std::string_view remedy = GetParam()->remedy;
  EXPECT_TRUE(is_upper(remedy.front()));
  EXPECT_EQ(remedy.back(), '.');
  EXPECT_FALSE(contains(remedy, ". ")) << remedy;
}

INSTANTIATE_TEST_SUITE_P(Rules, EveryRule,
                         ::testing::ValuesIn(all_rules().begin(), all_rules().end()),
                         [](const auto& row) { return std::string(row.param->id); });

TEST(AllRules, StandInOrderOfTheirIds) {
  std::string_view last;
  std::set<std::string_view> names;
  for (const Rule* rule : all_rules()) {
    EXPECT_LT(last, rule->id);
    EXPECT_TRUE(names.insert(rule->name).second) << rule->name;
    last = rule->id;
  }
}

TEST(FindRule, TakesIdOrName) {
  const Rule* rule = find_rule("DP212");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->name, "parameter-disarmed");
  EXPECT_EQ(find_rule("parameter-disarmed"), rule);
  EXPECT_EQ(find_rule("DP999"), nullptr);
}

}  // namespace
}  // namespace persist::rules
